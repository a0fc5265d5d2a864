import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { publishedSchema } from '../domain/config/json-schema.js';
import { selfTrainingConfig } from '../domain/methods/self-training.js';
import { METHOD_CONFIGS } from '../domain/method-types.js';
import { commandOf, type MethodName } from '../domain/methods.js';

/** Compiled files are in dist/cli, the published schemas are beside dist. */
const fileOf = (name: string) => fileURLToPath(new URL(`../../schema/${name}.schema.json`, import.meta.url));

export const SCHEMA_FILE = fileOf('apprentice');

/** Every schema: a run's, and each method's by its command. */
export const SCHEMA_FILES: ReadonlyArray<{ readonly file: string; readonly config: z.ZodType }> = [
  { file: SCHEMA_FILE, config: selfTrainingConfig },
  ...Object.entries(METHOD_CONFIGS).map(([method, config]) => ({
    file: fileOf(commandOf(method as MethodName)),
    config,
  })),
];

export function schemaText(config: z.ZodType = selfTrainingConfig): string {
  return `${JSON.stringify(publishedSchema(config), null, 2)}\n`;
}

/** Writes the schemas that have changed: an installed package may lie where nobody can write. */
export async function writeSchemaFiles(): Promise<void> {
  for (const { file, config } of SCHEMA_FILES) {
    const text = schemaText(config);
    const there = await readFile(file, 'utf8').catch(() => undefined);
    if (there === text) continue;
    await mkdir(dirname(file), { recursive: true });
    const aside = `${dirname(file)}/.${basename(file)}.${process.pid}`;
    await writeFile(aside, text);
    await rename(aside, file);
  }
}
