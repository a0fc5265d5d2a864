import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configSchema } from '../domain/config/json-schema.js';

/** Compiled files are in dist/cli, the published schema is beside dist. */
export const SCHEMA_FILE = fileURLToPath(new URL('../../schema/apprentice.schema.json', import.meta.url));

export function schemaText(): string {
  return `${JSON.stringify(configSchema(), null, 2)}\n`;
}

/** Writes the schema, if it has changed: an installed package may lie where nobody can write. */
export async function writeSchemaFile(): Promise<void> {
  const text = schemaText();
  const there = await readFile(SCHEMA_FILE, 'utf8').catch(() => undefined);
  if (there === text) return;
  await mkdir(dirname(SCHEMA_FILE), { recursive: true });
  const aside = `${SCHEMA_FILE}.${process.pid}`;
  await writeFile(aside, text);
  await rename(aside, SCHEMA_FILE);
}
