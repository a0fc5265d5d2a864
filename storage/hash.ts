import { createHash } from 'node:crypto';

/** SHA-256 of the concatenated parts, as hex digits. */
export function sha256(...parts: ReadonlyArray<Uint8Array | string>): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/** SHA-256 of a plain value, independent of the order of its keys. */
export function hashOfValue(value: unknown): string {
  return sha256(JSON.stringify(value, sortedKeys) ?? 'undefined');
}

function sortedKeys(_: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
