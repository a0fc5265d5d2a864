import { relative, sep } from 'node:path';

/**
 * Whether a path lies below a folder.
 * @param path real path
 * @param folder real path
 */
export function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`);
}
