import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readPseudoLabels, writePseudoLabels } from '../../../../learning/pseudo-labels/pack.js';
import { openStore } from '../../../../storage/open-store.js';

test('labels of images that are not there are corrupt, before any training', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'apprentice-labels-'));
  t.after(() => rm(folder, { recursive: true }));
  const store = openStore(folder);
  const labels = (position: number, example: number) => ({
    kind: 'hard' as const,
    classes: 2,
    positions: Uint32Array.of(0, position),
    targets: Float32Array.of(1, 0, 0, 1),
    examples: Uint32Array.of(0, example),
  });
  const stored = async (position: number, example: number) => {
    const { key } = await writePseudoLabels(store, 'selected', labels(position, example));
    return readPseudoLabels(store, key, 5);
  };
  assert.deepEqual((await stored(4, 1)).positions, Uint32Array.of(0, 4));
  await assert.rejects(stored(5, 1), {
    name: 'CorruptArtifactError',
    message: /"selected-\w+": received position 5, expected numbers below 5/,
  });
  await assert.rejects(stored(4, 2), { name: 'CorruptArtifactError' });
});
