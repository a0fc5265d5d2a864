import type { z } from 'zod';
import { ConfigurationError } from '../errors.js';
import { describeExpected, describeValue } from './expectation.js';
import { configSchema, type SchemaNode } from './json-schema.js';
import { nearest, type Path, pathText, placesOf, schemaAt, valueAt } from './known-keys.js';

/** Where an input came from, for messages. */
export interface InputSource {
  /** For example the file's name. */
  readonly name: string;
  /** Location of a key or its value, for example `clothes.yaml:4:3`. */
  position?(path: Path): string | undefined;
}

interface Problem {
  readonly path: Path;
  readonly text: string;
}

/**
 * Checks a whole configuration and fills in the defaults.
 * @param config the schema
 * @param source names it in messages
 * @throws ConfigurationError naming every problem: where, what was received and what is expected
 */
export function parseConfig<Config>(
  config: z.ZodType<Config>,
  input: unknown,
  source: string | InputSource = 'configuration',
): Config {
  const { data, error } = config.safeParse(input);
  if (!error) return data;
  const { name, position }: InputSource = typeof source === 'string' ? { name: source } : source;
  const issues = error.issues.flatMap(oneByOne);
  const lines = issues
    .slice(0, MOST_DESCRIBED)
    .map((issue) => problemOf(issue, input, configSchema(config)))
    .map(({ path, text }) => {
      const place = position?.(path);
      return `  ${place ? `${place} ` : ''}${path.length > 0 ? `${pathText(path)}: ` : ''}${text}`;
    });
  if (issues.length > lines.length) lines.push(`  … and ${issues.length - lines.length} more`);
  const count = issues.length === 1 ? '1 problem' : `${issues.length} problems`;
  throw new ConfigurationError(`${name}: ${count}\n${lines.join('\n')}`, { cause: error });
}

/** Suggestions search the whole schema for each problem; more problems than these are counted only. */
const MOST_DESCRIBED = 25;

/** Splits an issue about several unknown keys. */
function oneByOne(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => ({ ...issue, keys: [key] })) : [issue];
}

function problemOf(issue: z.core.$ZodIssue, input: unknown, schema: SchemaNode): Problem {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0]!;
    return { path: [...path, key], text: describeUnknownKey(path, key, input, schema) };
  }
  const received = valueAt(input, path);
  const nodes = schemaAt(schema, path, input);
  // Custom messages are more specific than the schema.
  const expected = issue.message.startsWith('expected ')
    ? issue.message
    : `expected ${describeExpected(nodes)}`;
  if (received === undefined && path.length > 0) return { path, text: `missing, ${expected}` };
  const words = nodes.flatMap(({ enum: several, const: one }) => several ?? [one]);
  return { path, text: `received ${describeValue(received)}, ${expected}${suggestionFor(received, words)}` };
}

/** Suggests the expected word if the received one looks like a typo. */
function suggestionFor(received: unknown, words: readonly unknown[]): string {
  if (typeof received !== 'string') return '';
  const near = nearest(
    received,
    words.filter((word) => typeof word === 'string'),
  );
  return near?.isClose ? `: did you mean "${near.word}"?` : '';
}

const MAX_PLACES = 4;

function describeUnknownKey(parent: Path, key: string, input: unknown, schema: SchemaNode): string {
  const keys = schemaAt(schema, parent, input).flatMap(({ properties = {} }) => Object.keys(properties));
  const known = [...new Set(keys)].filter((name) => name !== '$schema');
  const near = nearest(key, known);
  if (near?.isClose) return `unknown key, did you mean ${pathText([...parent, near.word])}?`;
  const everywhere = placesOf(schema, key);
  const within = everywhere.filter((place) => place.startsWith(`${pathText(parent)}.`));
  const places = within.length > 0 ? within : everywhere;
  // A key that another alternative has at this path (`path` of class-folders, given to idx) gets no suggestion.
  if (places.length > 0 && !everywhere.includes(pathText([...parent, key]))) {
    const more = places.length > MAX_PLACES ? ' and others' : '';
    return `unknown key here, it belongs to ${places.slice(0, MAX_PLACES).join(', ')}${more}`;
  }
  return `unknown key, expected one of ${known.join(', ')}${near ? ` (the nearest is ${near.word})` : ''}`;
}
