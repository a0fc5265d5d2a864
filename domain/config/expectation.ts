import type { SchemaNode } from './json-schema.js';

/** Describes the values that a schema allows: `a whole number from 1, "mean", "largest" or "off"`. */
export function describeExpected(nodes: readonly SchemaNode[]): string {
  return either(nodes.flatMap(expectationsOf));
}

function expectationsOf(node: SchemaNode): string[] {
  if (node.const !== undefined) return [JSON.stringify(node.const)];
  if (node.enum) return node.enum.map((value) => JSON.stringify(value));
  const choice = node.oneOf ?? node.anyOf;
  if (choice) return choice.flatMap(expectationsOf);
  switch (node.type) {
    case 'integer':
      return [`a whole number${range(node)}`];
    case 'number':
      return [`a number${range(node)}`];
    case 'boolean':
      return ['true or false'];
    case 'string':
      return [node.minLength ? 'a text that is not empty' : 'a text'];
    case 'array':
      return [list(node)];
    case 'object':
      return ['keys and values'];
    default:
      return ['something else'];
  }
}

function list({ minItems, maxItems, items }: SchemaNode): string {
  if (minItems === undefined) return 'a list';
  if (minItems !== maxItems) return `a list of at least ${minItems}`;
  return items ? `a list of ${minItems}, each ${describeExpected([items])}` : `a list of ${minItems}`;
}

function range({ minimum, maximum, exclusiveMinimum }: SchemaNode): string {
  const from = exclusiveMinimum !== undefined ? ` above ${exclusiveMinimum}` : ` from ${minimum}`;
  if (minimum === undefined && exclusiveMinimum === undefined) {
    return maximum === undefined ? '' : ` up to ${maximum}`;
  }
  if (maximum === undefined) return from;
  return `${from}${exclusiveMinimum === undefined ? ' to' : ', at most'} ${maximum}`;
}

function either(texts: readonly string[]): string {
  const different = [...new Set(texts)];
  if (different.length < 2) return different[0] ?? 'something else';
  return `${different.slice(0, -1).join(', ')} or ${different.at(-1)}`;
}

function receivedList(value: readonly unknown[]): string {
  if (value.length === 0) return 'an empty list';
  const isShort = value.length <= 3 && value.every((item) => typeof item === 'number');
  return isShort ? `[${value.join(', ')}]` : `a list of ${value.length}`;
}

const MAX_LENGTH = 60;

/** Describes a received value. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return receivedList(value);
  if (typeof value === 'object') return 'keys and values';
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 1)}…` : text;
}
