// @ts-check
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

const OUTPUT = /\.(?:d\.ts|d\.mts|js|mjs|js\.map|mjs\.map)$/;
/** These are compiled by another compiler, into one file. */
const ASSEMBLY = /\/assembly\//;
const SOURCES_OF = {
  mts: ['.mts', '.mjs'],
  ts: ['.ts', '.js'],
};

/**
 * @param {string} source relative to the project
 * @returns {string[]} what the compiler makes of it, relative to dist; declarations and maps go without saying
 */
export function expectedOutputs(source) {
  if (source.endsWith('.d.ts') || source.endsWith('.json') || ASSEMBLY.test(source)) return [];
  return [source.replace(/\.ts$/, '.js').replace(/\.mts$/, '.mjs')];
}

/**
 * Removes what was compiled from sources that are gone: deleted tests would still run.
 *
 * @param {string} root
 * @param {readonly (string | undefined)[]} [kept] made from no single source, relative to dist
 * @returns {Promise<number>} of files removed
 */
export async function removeStaleOutputs(root, kept = []) {
  const dist = join(root, 'dist');
  const files = await readdir(dist, { recursive: true });
  const stale = files.filter((file) => OUTPUT.test(file) && !hasSource(root, file) && !kept.includes(file));
  await Promise.all(stale.map((file) => rm(join(dist, file))));
  return stale.length;
}

/**
 * @param {string} root
 * @param {string} output relative to dist
 */
function hasSource(root, output) {
  const base = output.replace(OUTPUT, '');
  const endings = /\.(?:d\.mts|mjs|mjs\.map)$/.test(output) ? SOURCES_OF.mts : SOURCES_OF.ts;
  const sources = endings
    .map((ending) => base + ending)
    .filter((source) => expectedOutputs(source).length > 0);
  return sources.some((source) => existsSync(join(root, source)));
}
