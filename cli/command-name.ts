import { basename, relative } from 'node:path';

/** How the person calls Apprentice: `apprentice` where it is installed, `node dist/cli/main.js` in a checkout. */
export function commandName(script = process.argv[1] ?? 'apprentice', folder = process.cwd()): string {
  if (basename(script) === 'apprentice') return 'apprentice';
  const near = relative(folder, script);
  return `node ${near.length < script.length ? near : script}`;
}
