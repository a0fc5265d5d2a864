import type { ArtifactKey } from '../domain/records.js';

const DIGITS = 8;

/** Pads a number for use in a key, so that keys sort in numeric order. */
export function padded(number: number): string {
  return String(number).padStart(DIGITS, '0');
}

/** Whether a key is a padded number in a folder, and not another file that lies there. */
export function isNumbered(key: ArtifactKey, folder: string, extension = ''): boolean {
  const name = key.slice(folder.length, key.length - extension.length);
  return key.startsWith(folder) && key.endsWith(extension) && name.length >= DIGITS && /^\d+$/.test(name);
}
