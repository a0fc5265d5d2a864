import { z } from 'zod';

/** As much of JSON schema as the configuration's has. */
export interface SchemaNode {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly items?: SchemaNode;
  readonly oneOf?: readonly SchemaNode[];
  readonly anyOf?: readonly SchemaNode[];
  readonly minLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
}

const made = new WeakMap<z.ZodType, SchemaNode>();

/**
 * What a person may write, as JSON schema: all that has a default may be left out. Draft 7, which editors take
 * for YAML and JSON alike. A JSON file may name its schema in `$schema`.
 */
export function configSchema(config: z.ZodType): SchemaNode {
  const known = made.get(config);
  if (known) return known;
  const schema = makeSchema(config, 'inline');
  made.set(config, schema);
  return schema;
}

/** The same for a file: what it has in several places is written once. */
export function publishedSchema(config: z.ZodType): SchemaNode {
  return makeSchema(config, 'ref');
}

function makeSchema(config: z.ZodType, reused: 'inline' | 'ref'): SchemaNode {
  const schema = z.toJSONSchema(config, {
    io: 'input',
    reused,
    target: 'draft-7',
    override({ jsonSchema }) {
      // That a whole number is at most 2^53 - 1 is no news to anyone.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
  const { $schema, ...rest } = schema as SchemaNode & { readonly $schema: string };
  const itself = { type: 'string', description: 'Where this schema is, for editors.' };
  return {
    $schema,
    title: rest.description,
    ...rest,
    properties: { $schema: itself, ...rest.properties },
  } as SchemaNode;
}
