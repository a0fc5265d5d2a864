// @ts-check
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

const OUTPUT = /\.(?:d\.ts|d\.mts|js|mjs|js\.map|mjs\.map)$/;
/** AssemblyScript, which another compiler compiles into one file. */
const ASSEMBLY = /\/assembly\//;
const SOURCES_OF = {
  mts: ['.mts', '.mjs'],
  ts: ['.ts', '.js'],
};

/**
 * @param {string} source relative to the project
 * @returns {string[]} its compiled files, relative to dist, without declarations and maps
 */
export function expectedOutputs(source) {
  if (source.endsWith('.d.ts') || source.endsWith('.json') || ASSEMBLY.test(source)) return [];
  return [source.replace(/\.ts$/, '.js').replace(/\.mts$/, '.mjs')];
}

/**
 * Removes outputs of deleted sources: deleted tests would still run.
 *
 * @param {string} root
 * @param {readonly (string | undefined)[]} [kept] outputs without a source of their own, relative to dist
 * @returns {Promise<number>} number of files removed
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
