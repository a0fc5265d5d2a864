import { createHash, type Hash } from 'node:crypto';

type Part = Uint8Array | string;

/** Starts a SHA-256 with some parts; more can be added by `update`. */
export function startSha256(...parts: readonly Part[]): Hash {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash;
}

/** SHA-256 of the concatenated parts, as hex digits. */
export function sha256(...parts: readonly Part[]): string {
  return startSha256(...parts).digest('hex');
}

/** SHA-256 of the concatenated parts, as 32 bytes. */
export function sha256Bytes(...parts: readonly Part[]): Buffer {
  return startSha256(...parts).digest();
}

/** JSON with sorted object keys: equal values have equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, sortedKeys) ?? 'undefined';
}

/** SHA-256 of a plain value as hex digits; independent of the order of object keys. */
export function hashOfValue(value: unknown): string {
  return sha256(canonicalJson(value));
}

function sortedKeys(_: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
