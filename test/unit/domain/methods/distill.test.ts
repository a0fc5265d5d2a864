import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distillConfig } from '../../../../domain/methods/distill.js';

const LEAST = {
  name: 'small',
  data: { labelled: { format: 'class-folders', path: 'x' } },
  teachers: ['clothes'],
};

/** Where the problems are, as `training.steps`. */
function problems(change: object): string[] {
  const { error } = distillConfig.safeParse({ ...LEAST, ...change });
  return (error?.issues ?? []).map(({ path }) => path.join('.'));
}

test('with a teacher alone, a student learns from all images without noise of its own', () => {
  const { alpha, temperature, targets, learnFrom, views, training } = distillConfig.parse(LEAST);
  assert.deepEqual(
    { alpha, temperature, targets, learnFrom, views },
    { alpha: 0.1, temperature: 4, targets: 'soft', learnFrom: 'both', views: 'same' },
  );
  assert.deepEqual([training.dropout, training.stochasticDepth], [0, 0]);
  assert.equal(distillConfig.parse({ ...LEAST, training: { steps: 5 } }).training.dropout, 0);
});

const WRONG: readonly (readonly [change: object, field: string])[] = [
  [{ alpha: 1.5 }, 'alpha'],
  [{ alpha: -0.1 }, 'alpha'],
  [{ temperature: 0 }, 'temperature'],
  [{ temperature: -1 }, 'temperature'],
  [{ teachers: [] }, 'teachers'],
  [{ teachers: ['clothes', 'clothes'] }, 'teachers'],
  [{ teachers: undefined }, 'teachers'],
  [{ targets: 'medium' }, 'targets'],
  [{ learnFrom: 'nothing' }, 'learnFrom'],
  [{ features: {}, views: 'recorded' }, 'views'],
  [{ features: { weight: 0 } }, 'features.weight'],
  [{ training: { unlabelledRatio: 0 } }, 'training.unlabelledRatio'],
  [
    { learnFrom: 'unlabelled', training: { batchSize: 16, unlabelledRatio: 0.03 } },
    'training.unlabelledRatio',
  ],
  [{ training: { consistency: { kind: 'fixmatch' } } }, 'training.consistency'],
  [{ training: { batchSize: 10, unlabelledRatio: 0.5, replicas: 2 } }, 'training.replicas'],
];

test('wrong settings are named by their fields', () => {
  assert.deepEqual(problems({}), []);
  assert.deepEqual(problems({ learnFrom: 'labels', training: { unlabelledRatio: 0 } }), []);
  for (const [change, field] of WRONG) assert.deepEqual(problems(change), [field], JSON.stringify(change));
});
