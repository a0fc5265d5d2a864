import assert from 'node:assert/strict';
import { test } from 'node:test';
import { transferConfig } from '../../../../domain/methods/transfer.js';

const labelled = { format: 'class-folders', path: 'x' };
const LEAST = { name: 'shoes', data: { labelled }, from: 'clothes' };

/** Where the problems are, as `training.steps`. */
function problems(change: object): string[] {
  const { error } = transferConfig.safeParse({ ...LEAST, ...change });
  return (error?.issues ?? []).map(({ path }) => path.join('.'));
}

test('with a model alone, and with partial settings, the training keeps its gentle defaults', () => {
  const { mode, training, scratch } = transferConfig.parse({ ...LEAST, training: { batchSize: 16 } });
  assert.equal(mode, 'auto');
  assert.equal(training.optimizer.learningRate, 0.05);
  assert.equal(training.layers.head, 1);
  assert.equal(scratch.layers, undefined);
});

const WRONG: readonly (readonly [change: object, field: string])[] = [
  [{ from: '' }, 'from'],
  [{ from: undefined }, 'from'],
  [{ mode: 'all' }, 'mode'],
  [{ weightDecays: [] }, 'weightDecays'],
  [{ weightDecays: [0] }, 'weightDecays.0'],
  [{ training: { layers: { decay: 1.2 } } }, 'training.layers.decay'],
  [{ training: { layers: { decay: 0 } } }, 'training.layers.decay'],
  [{ training: { layers: { unfreezing: 'gradual' } } }, 'training.layers.warmup'],
  [{ scratch: { layers: {} } }, 'scratch.layers'],
  [{ training: { consistency: { kind: 'fixmatch' } } }, 'training.consistency'],
];

for (const [change, field] of WRONG) {
  test(`refused at its field: ${JSON.stringify(change)}`, () => assert.deepEqual(problems(change), [field]));
}
