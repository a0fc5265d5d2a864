import { z } from 'zod';

/** The parts of JSON schema that the configuration's schema uses. */
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

const cache = new WeakMap<z.ZodType, SchemaNode>();

/**
 * Returns the JSON schema of a configuration's input: fields with a default are optional. Draft 7, which editors support
 * for YAML and JSON. A JSON file may name its schema in `$schema`.
 */
export function configSchema(config: z.ZodType): SchemaNode {
  const known = cache.get(config);
  if (known) return known;
  const schema = makeSchema(config, 'inline');
  cache.set(config, schema);
  return schema;
}

/** Like {@link configSchema}, with shared parts written once, for publication as a file. */
export function publishedSchema(config: z.ZodType): SchemaNode {
  return makeSchema(config, 'ref');
}

function makeSchema(config: z.ZodType, reused: 'inline' | 'ref'): SchemaNode {
  const schema = z.toJSONSchema(config, {
    io: 'input',
    reused,
    target: 'draft-7',
    override({ jsonSchema }) {
      // Omits zod's default bounds of integers.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
  const { $schema, ...rest } = schema as SchemaNode & { readonly $schema: string };
  const schemaField = { type: 'string', description: 'Location of this schema, for editors.' };
  return {
    $schema,
    title: rest.description,
    ...rest,
    properties: { $schema: schemaField, ...rest.properties },
  } as SchemaNode;
}
