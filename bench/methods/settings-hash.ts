import { hashOfValue } from '../../storage/hash.js';

/** 16 hex digits that change with any setting. */
export function settingsHash(settings: unknown): string {
  return hashOfValue(settings).slice(0, 16);
}
