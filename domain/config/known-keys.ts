import { distance } from 'fastest-levenshtein';
import type { SchemaNode } from './json-schema.js';

export type Path = readonly PropertyKey[];

/** Largest edit distance of a typo, as share of the word's length. */
const MAX_TYPO = 0.4;

/** Formats a path: `models[1].width`. */
export function pathText(path: Path): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}

/** Returns the schema nodes that apply at a path of an input; several if the input matches several alternatives. */
export function schemaAt(root: SchemaNode, path: Path, input: unknown): SchemaNode[] {
  let nodes = [...alternatives(root, input)];
  let value = input;
  for (const key of path) {
    value = childOf(value, key);
    nodes = nodes
      .flatMap((node) => (typeof key === 'number' ? node.items : node.properties?.[String(key)]) ?? [])
      .flatMap((node) => alternatives(node, value));
  }
  return nodes;
}

/** Returns a union's alternatives; only those whose constants the value has, if any. */
function alternatives(node: SchemaNode, value: unknown): readonly SchemaNode[] {
  const all = node.oneOf ?? node.anyOf;
  if (!all) return [node];
  const matching = all.filter((alternative) => hasConstantsOf(alternative, value));
  return matching.length > 0 ? matching : all;
}

function hasConstantsOf({ properties = {} }: SchemaNode, value: unknown): boolean {
  if (!isMapping(value)) return false;
  const constants = Object.entries(properties).filter(([, { const: constant }]) => constant !== undefined);
  return constants.length > 0 && constants.every(([key, node]) => value[key] === node.const);
}

/** Returns all paths of a key, ignoring case and separators, the shortest first: `teacher.steps`, `student.steps`. */
export function placesOf(root: SchemaNode, key: string, path = ''): string[] {
  const nodes = [root, ...(root.oneOf ?? []), ...(root.anyOf ?? [])];
  const places = nodes.flatMap(({ properties = {}, items }) => [
    ...Object.entries(properties).flatMap(([name, node]) => [
      ...(plain(name) === plain(key) ? [`${path}${name}`] : []),
      ...placesOf(node, key, `${path}${name}.`),
    ]),
    ...(items ? placesOf(items, key, `${path.slice(0, -1)}[0].`) : []),
  ]);
  const depth = (place: string) => place.split('.').length;
  return [...new Set(places)].sort((a, b) => depth(a) - depth(b));
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** Returns the nearest word by edit distance, ignoring case and separators (learning_rate, learningRate). */
export function nearest(
  word: string,
  known: readonly string[],
): { readonly word: string; readonly isClose: boolean } | undefined {
  const [first] = known
    .map((candidate) => ({ word: candidate, edits: distance(plain(word), plain(candidate)) }))
    .sort((a, b) => a.edits - b.edits);
  return first && { word: first.word, isClose: first.edits <= Math.ceil(word.length * MAX_TYPO) };
}

/** Returns the value at a path of an input; undefined if the path does not exist. */
export function valueAt(input: unknown, path: Path): unknown {
  return path.reduce(childOf, input);
}

function childOf(value: unknown, key: PropertyKey): unknown {
  const isHolder = isMapping(value) || Array.isArray(value);
  return isHolder && Object.hasOwn(value, key) ? (value as Record<PropertyKey, unknown>)[key] : undefined;
}

export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
