import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { configText } from '../../../../cli/show/config-text.js';
import { deviationsOf } from '../../../../cli/show/deviations.js';
import { selfTrainingConfig } from '../../../../domain/methods/self-training.js';
import {
  METHOD_NAMES,
  type MethodName,
  type RunConfig,
  type RunConfigInput,
} from '../../../../domain/methods.js';
import { parseRunConfig } from '../../../../domain/parse-run-config.js';
import { LABELLED, leastConfig, REQUIRED } from '../../../support/least-config.js';

describe('deviationsOf', () => {
  it('has only the data of a minimal configuration', () => {
    const found = deviationsOf(selfTrainingConfig.parse({ name: 'x', data: { labelled: LABELLED } }));
    assert.deepEqual(found, [{ key: 'data.labelled', value: LABELLED }]);
  });

  it('names each deviation, however deep, with its default', () => {
    const found = deviationsOf(
      selfTrainingConfig.parse({
        name: 'x',
        data: { labelled: LABELLED, labelsPerClass: 5 },
        student: { steps: 7, optimizer: { learningRate: 0.5 }, gradientClip: 2 },
        gate: { otherwise: 'continue' },
      }),
    );
    assert.deepEqual(
      found.map(({ key, value, default: usual }) => [key, value, usual]),
      [
        ['data.labelled', LABELLED, undefined],
        ['data.labelsPerClass', 5, 'all'],
        ['student.optimizer.learningRate', 0.5, 0.1],
        ['student.gradientClip', 2, undefined],
        ['student.steps', 7, 1000],
      ],
    );
  });

  it('has only the data and the required fields of a minimal configuration of any method', () => {
    for (const method of METHOD_NAMES) {
      const keys = deviationsOf(minimal(method)).map(({ key }) => key);
      assert.deepEqual(keys.sort(), ['data.labelled', ...Object.keys(REQUIRED[method])].sort(), method);
    }
  });
});

function minimal(method: MethodName, more: object = {}): RunConfig {
  return parseRunConfig({ ...leastConfig(method), ...more } as RunConfigInput);
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
  assert.match(text('robustness', { models: ['clothes', 'clothes@1'] }), /^ {2}models +clothes, clothes@1$/m);
  assert.match(text('distill', { teachers: ['clothes', 'runs/x'] }), /^ {2}teachers +clothes, runs\/x$/m);
  const policies = [{ kind: 'trivial-augment-wide' }, { kind: 'none' }];
  const space = { kind: 'random', policies, shift: [0, 0.1] };
  assert.match(text('search', { space }), /^ {2}space\.policies +trivial-augment-wide, none$/m);
  for (const method of METHOD_NAMES) assert.doesNotMatch(text(method), /undefined|\[object/, method);
});
