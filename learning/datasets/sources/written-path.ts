import { sep, win32 } from 'node:path';

/**
 * A path with slashes for the backslashes of a table that was made on Windows; the same path if it has none. On other
 * systems a name may contain a backslash, so a file of the exact name comes first.
 */
export function withSlashes(path: string): string {
  return sep === '/' ? path.replaceAll('\\', '/') : path;
}

/** Explains a path that can't be opened on this system, for messages; otherwise returns undefined. */
export function foreignPath(path: string): string | undefined {
  const [, scheme] = /^([a-z][a-z0-9+.-]+):\/\//i.exec(path) ?? [];
  if (scheme !== undefined) return `it is a URL (${scheme}:), and pictures are read from files only`;
  if (sep !== '/') return undefined;
  if (/^[a-z]:[\\/]/i.test(path)) return `"${win32.parse(path).root}" is a drive of a Windows computer`;
  return path.startsWith('\\\\') ? 'it is a share of a Windows network' : undefined;
}
