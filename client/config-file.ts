import { dirname, resolve } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { parseConfig } from '../domain/config/parse.js';
import { type RunConfig, runConfig } from '../domain/config.js';
import { ConfigurationError } from '../domain/errors.js';
import { applyOverrides, overrideOf, overrideWithin } from './config-file/overrides.js';
import { offsetOf } from './config-file/position.js';
import { readText } from './config-file/read-text.js';
import { withAbsolutePaths } from './config-paths.js';

/** {@link readConfig} of a run. */
export function readRunConfig(path: string, overrides: readonly string[] = []): Promise<RunConfig> {
  return readConfig(runConfig, path, overrides);
}

/**
 * Reads a configuration, checks all of it and fills in the defaults. Relative paths in it are taken from
 * the file's folder; they are absolute after.
 * @param path a YAML or JSON file
 * @param overrides such as `student.steps=500`, values as in YAML; paths in them are of the current folder
 * @throws ConfigurationError when it can't be read, is no YAML, or is wrong: every problem, with line and column
 */
export async function readConfig<Config>(
  schema: z.ZodType<Config>,
  path: string,
  overrides: readonly string[] = [],
): Promise<Config> {
  const lines = new LineCounter();
  // JSON is YAML.
  const document = parseDocument(await readText(path), { lineCounter: lines, prettyErrors: false });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${path}:${line}:${col}`;
  };
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ message, pos }) => `  ${place(pos[0])} ${message}`);
    throw new ConfigurationError(`${path}: not readable as YAML or JSON\n${problems.join('\n')}`);
  }
  const config = parseConfig(schema, applyOverrides(writtenIn(document, path), overrides), {
    name: path,
    position(keys) {
      // What the file doesn't have, something within it has made: `--set modles[0].width=32`.
      const override =
        overrideOf(keys, overrides) ?? (document.hasIn(keys) ? undefined : overrideWithin(keys, overrides));
      if (override !== undefined) return `--set ${override}:`;
      const offset = offsetOf(document.contents, keys);
      return offset === undefined ? undefined : place(offset);
    },
  });
  return withAbsolutePaths(config, dirname(resolve(path)));
}

function writtenIn(document: ReturnType<typeof parseDocument>, path: string): unknown {
  let written: unknown;
  try {
    written = document.toJS();
  } catch (error) {
    // An alias to nowhere, or aliases that multiply without end.
    throw new ConfigurationError(`${path}: ${(error as Error).message}`, { cause: error });
  }
  if (written === null || written === undefined) {
    throw new ConfigurationError(`${path}: empty, expected at least name and data`);
  }
  // For editors.
  if (typeof written === 'object' && '$schema' in written) delete written.$schema;
  return written;
}
