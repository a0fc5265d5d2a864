import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publishedSchema, type SchemaNode } from '../domain/config/json-schema.js';
import { DEFAULT_METHOD, METHOD_NAMES, METHODS } from '../domain/methods.js';

/** Compiled files are in dist/cli, the published schemas in schema/. */
const fileOf = (name: string) => fileURLToPath(new URL(`../../schema/${name}.schema.json`, import.meta.url));

/** The schema of any configuration. */
export const SCHEMA_FILE = fileOf('apprentice');

/** All schemas by file: one for any configuration, and one for each method. */
export function schemaTexts(): ReadonlyMap<string, string> {
  return new Map([
    [SCHEMA_FILE, text(anyMethod())],
    ...METHOD_NAMES.map((name) => [fileOf(name), text(publishedSchema(METHODS[name].config))] as const),
  ]);
}

/** Selects the schema by the file's `method`. */
function anyMethod(): object {
  const ofMethod = (name: string) => ({ $ref: `./${name}.schema.json` });
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'A run of Apprentice.',
    type: 'object',
    properties: {
      method: { enum: METHOD_NAMES, default: DEFAULT_METHOD, description: 'The kind of run.' },
    },
    allOf: METHOD_NAMES.map((name) => ({
      if: {
        properties: { method: { const: name } },
        ...(name !== DEFAULT_METHOD && { required: ['method'] }),
      },
      // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON schema
      then: ofMethod(name),
    })),
  };
}

function text(schema: SchemaNode | object): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** Writes only schemas that have changed, because an installed package may be read-only. */
export async function writeSchemaFiles(): Promise<void> {
  for (const [file, content] of schemaTexts()) {
    const existing = await readFile(file, 'utf8').catch(() => undefined);
    if (existing === content) continue;
    await mkdir(dirname(file), { recursive: true });
    const aside = `${dirname(file)}/.${basename(file)}.${process.pid}`;
    await writeFile(aside, content);
    await rename(aside, file);
  }
}
