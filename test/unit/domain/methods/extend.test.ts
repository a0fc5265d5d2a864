import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comparedWith, extendConfig, newClassesNeeded } from '../../../../domain/methods/extend.js';

const labelled = { format: 'class-folders', path: 'x' };
const LEAST = { name: 'more', data: { labelled }, from: 'clothes' };

/** Where the problems are, as `training.steps`. */
function problems(change: object): string[] {
  const { error } = extendConfig.safeParse({ ...LEAST, ...change });
  return (error?.issues ?? []).map(({ path }) => path.join('.'));
}

test('with a model alone, the defaults are those of the paper', () => {
  const { temperature, weight, heads, training } = extendConfig.parse(LEAST);
  assert.deepEqual({ temperature, weight, heads }, { temperature: 2, weight: 1, heads: 'separate' });
  assert.deepEqual([training.layers.warmup, training.layers.backbone], [0.25, 1]);
});

test('a single new class needs joint heads', () => {
  assert.deepEqual(newClassesNeeded({ heads: 'joint' }), { atLeast: 1 });
  const { atLeast, because } = newClassesNeeded({ heads: 'separate' });
  assert.equal(atLeast, 2);
  assert.match(because!, /set heads to joint/);
});

test('a comparison with joint training needs images of the old classes', () => {
  assert.deepEqual(comparedWith(extendConfig.parse(LEAST)), ['fine-tuning', 'head-only']);
  const old = { labelled };
  assert.deepEqual(comparedWith(extendConfig.parse({ ...LEAST, old })), [
    'fine-tuning',
    'head-only',
    'joint',
  ]);
  assert.deepEqual(comparedWith(extendConfig.parse({ ...LEAST, old, compare: [] })), []);
});

const WRONG: readonly (readonly [change: object, field: string])[] = [
  [{ from: '' }, 'from'],
  [{ from: undefined }, 'from'],
  [{ temperature: 0 }, 'temperature'],
  [{ weight: -1 }, 'weight'],
  [{ heads: 'none' }, 'heads'],
  [{ compare: ['joint'] }, 'old'],
  [{ compare: ['head-only', 'head-only'] }, 'compare'],
  [{ compare: ['retention'] }, 'compare.0'],
  [{ old: {} }, 'old.labelled'],
  [{ training: { consistency: { kind: 'fixmatch' } } }, 'training.consistency'],
  [{ training: { layers: { warmup: 1 } } }, 'training.layers.warmup'],
];

test('wrong settings are named by their fields', () => {
  assert.deepEqual(problems({}), []);
  for (const [change, field] of WRONG) assert.deepEqual(problems(change), [field], JSON.stringify(change));
});
