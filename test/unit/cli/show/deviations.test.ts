import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { configText } from '../../../../cli/show/config-text.js';
import { deviationsOf } from '../../../../cli/show/deviations.js';
import { selfTrainingConfig } from '../../../../domain/methods/self-training.js';

const labelled = { format: 'class-folders', path: '/pictures' } as const;

describe('deviationsOf', () => {
  it('has only the data where nothing else was said', () => {
    const found = deviationsOf(selfTrainingConfig.parse({ name: 'x', data: { labelled } }));
    assert.deepEqual(found, [{ key: 'data.labelled', value: labelled }]);
  });

  it('names what deviates, however deep, with its default', () => {
    const found = deviationsOf(
      selfTrainingConfig.parse({
        name: 'x',
        data: { labelled, labelsPerClass: 5 },
        student: { steps: 7, optimizer: { learningRate: 0.5 }, gradientClip: 2 },
        gate: { otherwise: 'continue' },
      }),
    );
    assert.deepEqual(
      found.map(({ key, value, default: usual }) => [key, value, usual]),
      [
        ['data.labelled', labelled, undefined],
        ['data.labelsPerClass', 5, 'all'],
        ['student.optimizer.learningRate', 0.5, 0.1],
        ['student.gradientClip', 2, undefined],
        ['student.steps', 7, 1000],
      ],
    );
  });
});

it('writes a line for each deviation', () => {
  const config = selfTrainingConfig.parse({
    name: 'x',
    seed: 3,
    data: { labelled: { format: 'cifar', paths: ['/a.bin', '/b.bin'] } },
    models: [{ kind: 'residual', width: 4 }],
  });
  assert.deepEqual(configText(config).split('\n'), [
    'Configuration (deviations from the defaults)',
    '  data.labelled  cifar 2 × … cifar10',
    '  seed           3  (default 0)',
    '  models         residual, width 4',
  ]);
});
