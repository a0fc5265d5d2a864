import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { configText } from '../../../../cli/show/config-text.js';
import { deviationsOf } from '../../../../cli/show/deviations.js';
import { selfTrainingConfig } from '../../../../domain/methods/self-training.js';
import { METHOD_NAMES, METHODS, type MethodName, type RunConfig } from '../../../../domain/methods.js';

const labelled = { format: 'class-folders', path: '/pictures' } as const;

describe('deviationsOf', () => {
  it('has only the data of a minimal configuration', () => {
    const found = deviationsOf(selfTrainingConfig.parse({ name: 'x', data: { labelled } }));
    assert.deepEqual(found, [{ key: 'data.labelled', value: labelled }]);
  });

  it('names each deviation, however deep, with its default', () => {
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

  it('has only the data and the required fields of a minimal configuration of any method', () => {
    for (const method of METHOD_NAMES) {
      const given = GIVEN[method] ?? {};
      const keys = deviationsOf(minimal(method)).map(({ key }) => key);
      assert.deepEqual(keys.sort(), ['data.labelled', ...Object.keys(given)].sort(), method);
    }
  });
});

/** The fields without a default, beside name and data. */
const GIVEN: Partial<Record<MethodName, object>> = {
  transfer: { from: 'clothes' },
  distill: { teachers: ['clothes', 'runs/x'] },
  extend: { from: 'clothes' },
  gap: { model: 'clothes' },
  'label-next': { model: 'clothes' },
  robustness: { models: ['clothes', 'clothes@1'] },
  evaluate: { model: 'clothes' },
};

function minimal(method: MethodName, more: object = {}): RunConfig {
  return METHODS[method].config.parse({ method, name: 'x', data: { labelled }, ...GIVEN[method], ...more });
}

it('writes a line for each deviation', () => {
  const config = selfTrainingConfig.parse({
    name: 'x',
    seed: 3,
    data: { labelled: { format: 'cifar', paths: ['/a.bin', '/b.bin'] } },
    models: [{ kind: 'residual', width: 4 }],
  });
  assert.deepEqual(configText(deviationsOf(config)).split('\n'), [
    'Configuration (deviations from the defaults)',
    '  data.labelled  cifar 2 × … cifar10',
    '  seed           3  (default 0)',
    '  models         residual, width 4',
  ]);
});

it('writes lists of any method in words', () => {
  const text = (method: MethodName, more?: object) => configText(deviationsOf(minimal(method, more)));
  assert.match(text('robustness'), /^ {2}models +clothes, clothes@1$/m);
  assert.match(text('distill'), /^ {2}teachers +clothes, runs\/x$/m);
  const policies = [{ kind: 'trivial-augment-wide' }, { kind: 'none' }];
  const space = { kind: 'random', policies, shift: [0, 0.1] };
  assert.match(text('search', { space }), /^ {2}space\.policies +trivial-augment-wide, none$/m);
  for (const method of METHOD_NAMES) assert.doesNotMatch(text(method), /undefined|\[object/, method);
});
