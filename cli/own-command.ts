import { basename, dirname, relative } from 'node:path';

/**
 * Returns the command that the user called: `apprentice` if it is on the PATH, else a call by npx or node from the
 * current folder.
 * @param script process.argv[1]
 */
export function ownCommand(script: string | undefined, folder: string, path: string | undefined): string {
  if (!script || basename(script) === 'apprentice') {
    const isLocal = script?.includes('/node_modules/.bin/') && !path?.split(':').includes(dirname(script));
    return isLocal ? 'npx apprentice' : 'apprentice';
  }
  const near = relative(folder, script);
  return `node ${near.startsWith('..') ? script : near}`;
}
