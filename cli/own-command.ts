import { basename, dirname, relative } from 'node:path';

/**
 * How the person calls this program, to be said in advice: `apprentice` when it is on the PATH, else what npm or node
 * takes from the current folder.
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
