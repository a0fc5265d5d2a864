import { distance } from 'fastest-levenshtein';
import type { SchemaNode } from './json-schema.js';

export type Path = readonly PropertyKey[];

/** Edits, of the length of a word: what is further away is no slip of the pen. */
const LARGEST_SLIP = 0.4;

/** A path as people write it: `models[1].width`. */
export function pathText(path: Path): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}

/** The parts of the schema that rule what is at a path of an input; several where the input leaves a choice. */
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

/** A choice's alternatives; only the one whose constants the value has, where there is one. */
function alternatives(node: SchemaNode, value: unknown): readonly SchemaNode[] {
  const all = node.oneOf ?? node.anyOf;
  if (!all) return [node];
  const meant = all.filter((alternative) => isMeant(alternative, value));
  return meant.length > 0 ? meant : all;
}

function isMeant({ properties = {} }: SchemaNode, value: unknown): boolean {
  if (!isMapping(value)) return false;
  const constants = Object.entries(properties).filter(([, { const: constant }]) => constant !== undefined);
  return constants.length > 0 && constants.every(([key, node]) => value[key] === node.const);
}

/** All the paths of a key, however it is written, the shortest first: `teacher.steps` and `student.steps`. */
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

/** The nearest of some words by edits; ways of writing (learning_rate, learningRate) count for nothing. */
export function nearest(
  word: string,
  known: readonly string[],
): { readonly word: string; readonly isClose: boolean } | undefined {
  const [first] = known
    .map((candidate) => ({ word: candidate, edits: distance(plain(word), plain(candidate)) }))
    .sort((a, b) => a.edits - b.edits);
  return first && { word: first.word, isClose: first.edits <= Math.ceil(word.length * LARGEST_SLIP) };
}

/** The value at a path of an input; undefined where it leads nowhere. */
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
