import { type Document, LineCounter } from 'yaml';
import { ConfigurationError } from '../../domain/errors.js';
import { parseYaml, plainValue } from './parse-yaml.js';
import { offsetOf } from './position.js';
import { readText } from './read-text.js';

/** A parsed configuration file. */
export interface ConfigFile {
  readonly path: string;
  readonly content: unknown;
  /** Whether the file has a value at a path of keys. */
  has(keys: readonly PropertyKey[]): boolean;
  /** Its position: `clothes.yaml:4:3`. */
  placeOf(keys: readonly PropertyKey[]): string | undefined;
}

/**
 * Reads a YAML or JSON file.
 * @throws ConfigurationError if it can't be read, is not YAML, or is empty
 */
export async function readConfigFile(path: string): Promise<ConfigFile> {
  const lines = new LineCounter();
  const { document, problems } = parseYaml(await readText(path), lines);
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${path}:${line}:${col}`;
  };
  if (problems.length > 0) {
    const found = problems.map(({ message, offset }) => `  ${place(offset)} ${message}`);
    throw new ConfigurationError(`${path}: not readable as YAML or JSON\n${found.join('\n')}`);
  }
  return {
    path,
    content: contentOf(document, path),
    has: (keys) => document.hasIn(keys),
    placeOf(keys) {
      const offset = offsetOf(document.contents, keys);
      return offset === undefined ? undefined : place(offset);
    },
  };
}

function contentOf(document: Document, path: string): unknown {
  let content: unknown;
  try {
    content = plainValue(document);
  } catch (error) {
    // An undefined alias, or too many expanded aliases.
    throw new ConfigurationError(`${path}: ${(error as Error).message}`, { cause: error });
  }
  if (content === null || content === undefined) {
    throw new ConfigurationError(`${path}: empty, expected at least name and data`);
  }
  // Only editors use it.
  if (typeof content === 'object' && '$schema' in content) delete content.$schema;
  return content;
}
