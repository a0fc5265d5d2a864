import assert from 'node:assert/strict';
import { test } from 'node:test';
import { selectPseudoLabels } from '../../../../activities/self-training/select-pseudo-labels.js';
import { CorruptArtifactError, DataError } from '../../../../domain/errors.js';
import { unpackPseudoLabels } from '../../../../learning/pseudo-labels/pack.js';
import { writeFloats } from '../../../../storage/floats.js';
import { generationKeys } from '../../../../storage/keys.js';
import { activityContext } from '../../../support/activity-context.js';
import { twoClasses } from '../../../support/two-classes.js';

const { store, config, dataset } = await twoClasses();
const activity = activityContext(store);

async function shard(first: number, probabilities: number[]) {
  const name = `runs/a/generation-1/pseudo-labels/shard-${first}`;
  const { key } = await writeFloats(store, name, Float32Array.from(probabilities));
  return { key, first, images: probabilities.length / 2 };
}

const select = (shards: Array<Awaited<ReturnType<typeof shard>>>, pseudoLabels = {}) => {
  const own = { ...config, pseudoLabels: { ...config.pseudoLabels, ...pseudoLabels } };
  return selectPseudoLabels({ runId: 'a', config: own, dataset, generation: 1, shards }, activity);
};

test('shards are joined by position, in any order', async () => {
  assert.equal(dataset.counts.unlabelled, 4);
  const shards = [await shard(2, [0.2, 0.8, 0.4, 0.6]), await shard(0, [0.9, 0.1, 0.7, 0.3])];
  const record = await select(shards, { perClass: 1 });
  const { positions, targets } = unpackPseudoLabels(await store.read(record.key));
  assert.deepEqual([...positions], [0, 2]);
  assert.deepEqual([...targets], [...Float32Array.of(0.9, 0.1, 0.2, 0.8)]);
  const counts = await store.read(generationKeys('a', 1).pseudoLabelCounts);
  assert.deepEqual(JSON.parse(Buffer.from(counts).toString()).record, record.byClass);
});

test('a missing, repeated or truncated shard is refused', async () => {
  const first = await shard(0, [0.9, 0.1, 0.7, 0.3]);
  const last = await shard(2, [0.2, 0.8, 0.4, 0.6]);
  await assert.rejects(select([first]), DataError);
  await assert.rejects(select([last]), DataError);
  await assert.rejects(select([first, first, last]), DataError);
  await store.write(last.key, new Uint8Array(12));
  await assert.rejects(select([first, last]), CorruptArtifactError);
});

test('a selection without any image is refused: a student could not train on it', async () => {
  const shards = [await shard(0, [0.6, 0.4, 0.5, 0.5]), await shard(2, [0.4, 0.6, 0.5, 0.5])];
  await assert.rejects(select(shards, { threshold: 0.9, missingClass: 'warn' }), (error: Error) => {
    return error instanceof DataError && error.message.includes('pseudoLabels.threshold (now 0.9)');
  });
});
