// @ts-check
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const SOURCE = /\.(ts|mts|js|mjs|json)$/;
/** Folders without sources, which may hold thousands of files. */
const SKIPPED = new Set(['node_modules', 'dist', 'data', 'histories', 'golden']);

/**
 * @param {string} root of a checkout
 * @returns {Promise<string[]>} the sources of the build, relative to the root, sorted
 */
export async function sourceFiles(root) {
  const { include } = JSON.parse(await readFile(join(root, 'tsconfig.json'), 'utf8'));
  const found = await Promise.all(
    include.map((/** @type {string} */ entry) => {
      const [folder, pattern] = entry.split('/**/*');
      return filesUnder(root, folder ?? entry, (name) =>
        pattern ? name.endsWith(pattern) : SOURCE.test(name),
      );
    }),
  );
  return found.flat().sort();
}

/**
 * @param {string} root
 * @param {string} folder relative
 * @param {(name: string) => boolean} isWanted
 * @returns {Promise<string[]>}
 */
async function filesUnder(root, folder, isWanted) {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
  const found = entries.map((entry) => {
    const path = `${folder}/${entry.name}`;
    if (!entry.isDirectory()) return isWanted(entry.name) ? [path] : [];
    return SKIPPED.has(entry.name) || entry.name.startsWith('.') ? [] : filesUnder(root, path, isWanted);
  });
  return (await Promise.all(found)).flat();
}
