import { DataError } from '../../../domain/errors.js';

/**
 * Returns class names for a file's label numbers. Without configured names, the number is the name, and only numbers
 * that occur are classes.
 * @throws DataError when a label has no name, or a name occurs twice
 */
export function nameLabels(
  labels: Uint8Array,
  configured: readonly string[] | undefined,
  field: string,
): { names: string[]; classes: string[] } {
  const present = [...new Set(labels)].sort((a, b) => a - b);
  if (!configured) return { names: Array.from(labels, String), classes: present.map(String) };
  const classes = configured.map((name) => name.normalize('NFC'));
  const repeated = classes.find((name, index) => classes.indexOf(name) !== index);
  if (repeated !== undefined)
    throw new DataError(`${field}: names "${repeated}" twice, expected different names`);
  const highest = present.at(-1) ?? 0;
  if (highest >= classes.length) {
    throw new DataError(
      `${field}: received ${classes.length} names, but label ${highest} occurs: expected at least ${highest + 1}`,
    );
  }
  return { names: Array.from(labels, (label) => classes[label]!), classes };
}
