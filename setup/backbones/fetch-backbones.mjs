// @ts-check
import { cacheFolder } from '../cache-folder.mjs';
import { setup } from '../setup.mjs';
import { backbones } from '../steps/backbones.mjs';
import { backboneFile } from './backbones.mjs';

/**
 * Fetches the weights of pretrained networks at their first use; afterwards it only looks at the cache.
 *
 * @template {import('./backbones.mjs').BackboneName} Name
 * @param {readonly Name[]} names
 * @param {Pick<import('../setup.mjs').SetupOptions, 'environment' | 'output'>} [options]
 * @returns {Promise<Record<Name, string>>} name -> path of its file of weights
 * @throws {import('../setup-error.mjs').SetupError} with the remedy, for example without a network
 */
export async function fetchBackbones(names, { environment = process.env, ...options } = {}) {
  await setup({ ...options, environment, quiet: true, steps: [backbones(names)] });
  const cache = cacheFolder(environment);
  const files = names.map((name) => [name, backboneFile(cache, name)]);
  return Object.fromEntries(files);
}
