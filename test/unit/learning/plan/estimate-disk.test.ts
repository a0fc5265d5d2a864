import assert from 'node:assert/strict';
import { it } from 'node:test';
import { selfTrainingConfig } from '../../../../domain/methods/self-training.js';
import { estimateDisk } from '../../../../learning/plan/estimate-disk.js';

const config = selfTrainingConfig.parse({
  name: 'x',
  generations: 1,
  data: { labelled: { format: 'class-folders', path: 'x' } },
});

it('estimates what a run leaves in the store, and what it needs meanwhile', () => {
  const survey = {
    classes: ['a', 'b'],
    image: { height: 8, width: 8, channels: 1 },
    counts: { labelled: 10, validation: 5, unlabelled: 100, test: 0 },
    packedBytes: 115 * 64,
    leftOut: [],
  } as const;
  const disk = estimateDisk(config, survey, [
    { generation: 0, parameters: 1000 },
    { generation: 1, parameters: 2000 },
  ]);
  assert.equal(disk.data, 115 * 64);
  assert.equal(disk.models, 4 * 3000 + 2 * 4 * 5 * 2);
  assert.equal(disk.pseudoLabels, 2 * 4 * 100 * 2);
  assert.equal(disk.checkpoints, 3 * 4 * 2000 * 5);
  assert.equal(disk.total, disk.data + disk.models + disk.pseudoLabels + disk.checkpoints);
});
