// @ts-check
import { readFileSync, readlinkSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { hashOfText } from '../hash.mjs';
import { replaceWithCopy, replaceWithLink, replaceWithText } from '../replace-path.mjs';
import { ADD_ONS } from './engine-parts.mjs';

/**
 * Links the cached engine into the npm package that loads it, and records which engine works there.
 *
 * @typedef {{engine: string, tensorflow: string, kind: string, addOns: string[]}} EngineStamp `addOns`: their hashes
 */

/** @param {string} packageFolder */
function places(packageFolder) {
  return {
    libraries: join(packageFolder, 'deps', 'lib'),
    headers: join(packageFolder, 'deps', 'include'),
    addOns: ADD_ONS.map((file) => join(packageFolder, 'lib', 'napi-v8', file)),
    stamp: join(packageFolder, 'deps', 'apprentice-engine.json'),
  };
}

/**
 * @param {string} packageFolder
 * @param {import('./engine-parts.mjs').EngineParts} parts
 */
export async function linkEngine(packageFolder, parts) {
  const { libraries, headers, addOns, stamp } = places(packageFolder);
  // No stamp until the engine has run.
  await rm(stamp, { force: true });
  await replaceWithLink(libraries, parts.libraries);
  await replaceWithLink(headers, parts.headers);
  for (const [index, file] of ADD_ONS.entries()) {
    await replaceWithCopy(addOns[index] ?? file, join(parts.addOns, file));
  }
}

/**
 * @param {string} packageFolder
 * @param {import('./engine-parts.mjs').EngineParts} parts
 * @param {import('./wheels.mjs').EngineKind} kind
 * @param {string} tensorflow the version it reported
 */
export async function stampEngine(packageFolder, parts, kind, tensorflow) {
  const { addOns, stamp } = places(packageFolder);
  /** @type {EngineStamp} */
  const content = { engine: parts.folder, tensorflow, kind, addOns: addOns.map(hashOfFileNow) };
  await replaceWithText(stamp, `${JSON.stringify(content, null, 2)}\n`);
}

/**
 * @param {string} packageFolder
 * @returns {EngineStamp | undefined} the engine that last worked there
 */
export function readStamp(packageFolder) {
  try {
    return JSON.parse(readFileSync(places(packageFolder).stamp, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * @param {string} packageFolder
 * @param {import('./engine-parts.mjs').EngineParts} parts
 * @returns {boolean}
 */
export function isLinked(packageFolder, parts) {
  const stamp = readStamp(packageFolder);
  const { libraries, headers, addOns } = places(packageFolder);
  try {
    return (
      stamp?.engine === parts.folder &&
      readlinkSync(libraries) === parts.libraries &&
      readlinkSync(headers) === parts.headers &&
      addOns.every((path, index) => hashOfFileNow(path) === stamp.addOns[index]) &&
      ADD_ONS.every((file, index) => hashOfFileNow(join(parts.addOns, file)) === stamp.addOns[index])
    );
  } catch {
    return false;
  }
}

/** @param {string} path of a small file */
function hashOfFileNow(path) {
  return hashOfText(readFileSync(path, 'base64'));
}
