// @ts-check
import { readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFolder } from '../temporary-folder.mjs';
import { fetchWheel } from '../wheels/fetch-wheel.mjs';
import { unpackWheel } from '../wheels/unpack-wheel.mjs';
import { unpackedManifest } from './engine-parts.mjs';

/**
 * Downloads the engine's wheels into the cache and unpacks the needed files.
 *
 * @param {import('./engine-parts.mjs').EngineParts} parts
 * @param {{wheelFolder: string, python: string, environment: NodeJS.ProcessEnv, line: import('../progress.mjs').Line}} options
 */
export async function unpackEngine(parts, { wheelFolder, python, environment, line }) {
  /** @type {string[]} */
  const fetched = [];
  for (const wheel of parts.release.wheels) {
    fetched.push(await fetchWheel(wheel, { folder: wheelFolder, python, environment, line }));
  }
  await replaceFolder(parts.folder, async (temporary) => {
    for (const [index, wheel] of parts.release.wheels.entries()) {
      const path = fetched[index] ?? '';
      await unpackWheel(path, wheel.unpack, {
        target: temporary,
        activity: `unpacking ${wheel.name}`,
        python,
        environment,
        line,
      });
    }
    await linkCudaLibraries(temporary);
    const manifest = unpackedManifest(temporary, await librarySizes(join(temporary, 'tensorflow')));
    await writeFile(manifest.path, manifest.text);
  });
  // The unpacked files are the cache; the wheel is no longer needed.
  for (const path of fetched) await rm(path, { force: true });
}

/** @param {string} folder */
async function librarySizes(folder) {
  const names = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile());
  const sizes = names.map(async ({ name }) => [`tensorflow/${name}`, (await stat(join(folder, name))).size]);
  return Object.fromEntries(await Promise.all(sizes));
}

/**
 * TensorFlow looks for libraries in its own folder, so CUDA's are linked there. Untried without a GPU.
 *
 * @param {string} folder of the unpacked wheels
 */
async function linkCudaLibraries(folder) {
  const parts = await readdir(join(folder, 'nvidia')).catch(() => []);
  for (const part of parts) {
    const names = await readdir(join(folder, 'nvidia', part, 'lib')).catch(() => []);
    for (const name of names.filter((each) => each.includes('.so'))) {
      await symlink(join('..', 'nvidia', part, 'lib', name), join(folder, 'tensorflow', name));
    }
  }
}
