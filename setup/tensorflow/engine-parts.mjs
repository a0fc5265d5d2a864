// @ts-check
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { hashOfText } from '../hash.mjs';
import { pinnedVersion } from '../project.mjs';
import { compileArguments } from './compile-add-ons.mjs';
import { engineRelease } from './wheels.mjs';

/**
 * The parts of an engine, and their locations in the cache.
 *
 * @typedef {object} EngineParts
 * @property {import('./wheels.mjs').EngineRelease} release
 * @property {string} folder of the unpacked wheels, laid out as in the wheels
 * @property {string} libraries
 * @property {string} headers
 * @property {string} addOns the folder of the compiled Node add-ons: {@link ADD_ONS}
 * @property {string} lock
 */

export const TENSORFLOW_PACKAGE = '@tensorflow/tfjs-node-gpu';
/** The binding of tfjs-node, and our own session add-on. */
export const ADD_ONS = ['tfjs_binding.node', 'apprentice_session.node'];
/** Relative to the project, in a checkout as in a package. */
export const SESSION_SOURCE = join('engine', 'native', 'session.cc');
const MANIFEST = 'unpacked.json';

/**
 * @param {string} cache
 * @param {import('../project.mjs').Project} project
 * @param {import('./wheels.mjs').EngineKind} kind
 * @returns {EngineParts}
 */
export function engineParts(cache, project, kind) {
  const release = engineRelease(kind);
  const folder = join(cache, 'engines', release.name);
  // Thanks to Node-API the add-on fits every Node; its key is how it is compiled, and from what.
  const recipe = hashOfText(
    JSON.stringify(
      compileArguments({
        sources: [],
        includes: '',
        headers: '',
        nodeHeaders: '',
        libraries: '',
        output: '',
      }),
    ) + readFileSync(join(project.root, SESSION_SOURCE), 'utf8'),
  );
  const binding = `tfjs-${pinnedVersion(project, TENSORFLOW_PACKAGE)}-${release.name}-${recipe.slice(0, 8)}`;
  return {
    release,
    folder,
    libraries: join(folder, 'tensorflow'),
    headers: join(folder, 'tensorflow', 'include'),
    addOns: join(cache, 'bindings', binding),
    lock: join(cache, 'locks', release.name),
  };
}

/**
 * The manifest that unpacking writes last: the large files and their sizes, for a cheap check of the cache.
 *
 * @param {string} folder
 * @param {Record<string, number>} sizes file -> bytes
 * @returns {{path: string, text: string}}
 */
export function unpackedManifest(folder, sizes) {
  return { path: join(folder, MANIFEST), text: `${JSON.stringify(sizes, null, 2)}\n` };
}

/**
 * @param {string} folder
 * @returns {boolean} whether the engine is completely unpacked
 */
export function isUnpacked(folder) {
  try {
    /** @type {Record<string, number>} */
    const sizes = JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8'));
    return Object.entries(sizes).every(([file, size]) => statSync(join(folder, file)).size === size);
  } catch {
    return false;
  }
}
