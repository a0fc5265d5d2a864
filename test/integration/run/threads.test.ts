import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startApprentice } from '../../support/running-apprentice.js';

/** Runs a tiny self-training under an `up` of its own. @returns the hashes of its models */
async function weightsWith(trainers: number): Promise<readonly string[]> {
  const running = await startApprentice({ trainers });
  after(() => running.close());
  const often = { steps: 12, evaluations: 2, batchSize: 16 };
  const config = { ...running.config, teacher: often, student: { ...often, unlabelledRatio: 1 } };
  const { generations } = await (await running.apprentice.start(config, { runId: 'same' })).result();
  return generations.map(({ model }) => model.weightsHash);
}

test('the weights of a run do not depend on the number of trainers', async () => {
  const [one, two] = await Promise.all([weightsWith(1), weightsWith(2)]);
  assert.equal(new Set(one).size, 2);
  assert.deepEqual(two, one);
});
