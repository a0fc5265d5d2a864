import { pathToFileURL } from 'node:url';
import type { Home } from '../domain/home.js';

/**
 * Makes all files that this process and its children create from now on private, whatever its umask, if the store lies
 * in the home. A store elsewhere may be shared by several users: their umask decides.
 */
export function keepPrivate({ folder, storeUrl }: Pick<Home, 'folder' | 'storeUrl'>): void {
  if (storeUrl.startsWith(`${pathToFileURL(folder).href}/`)) process.umask(0o077);
}
