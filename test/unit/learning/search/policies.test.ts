import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigurationError } from '../../../../domain/errors.js';
import { searchConfig } from '../../../../domain/methods/search.js';
import type { ConfigInputOf } from '../../../../domain/methods.js';
import { generatePolicies } from '../../../../learning/search/policies.js';

const data = { labelled: { format: 'class-folders', path: 'x' } } as const;
const searchOf = (change: Partial<ConfigInputOf<'search'>>) =>
  generatePolicies(searchConfig.parse({ name: 'search', data, ...change }));

test('a grid has the base first, then every other pair of N and M', () => {
  const policies = searchOf({
    space: { kind: 'grid', numOps: [1, 2], magnitude: [5, 9, 9] },
    training: { augmentation: { flip: 0, policy: { kind: 'rand-augment', growth: 1 } } },
  });
  assert.deepEqual(
    policies.map(({ flip, policy }) => ({ flip, ...policy })),
    // The base is N = 2, M = 9.
    [
      [2, 9],
      [1, 5],
      [1, 9],
      [2, 5],
    ].map(([numOps, magnitude]) => ({
      flip: 0,
      kind: 'rand-augment',
      numOps,
      magnitude,
      numMagnitudeBins: 31,
      growth: 1,
    })),
  );
});

test('a grid with more pairs than trials is sampled without repetition, deterministically for a seed', () => {
  const space = { kind: 'grid', numOps: [1, 2, 3], magnitude: [5, 10, 15, 20, 25] } as const;
  const some = searchOf({
    space: { ...space, numOps: [...space.numOps], magnitude: [...space.magnitude] },
    trials: 6,
  });
  assert.equal(new Set(some.map((policy) => JSON.stringify(policy))).size, 7);
  const again = searchOf({
    space: { ...space, numOps: [...space.numOps], magnitude: [...space.magnitude] },
    trials: 6,
  });
  assert.deepEqual(again, some);
});

test('settings are drawn from their lists and ranges; settings outside the space keep their values', () => {
  const policies = searchOf({
    trials: 40,
    space: {
      kind: 'random',
      policies: [{ kind: 'rand-augment', numOps: [1, 3], magnitude: { from: 4, to: 6 } }, { kind: 'none' }],
      operations: [{ name: 'Rotate', magnitude: { from: -30, to: 30 }, probability: [0, 0.5] }],
      mixup: { from: 0.1, to: 0.4 },
      erasing: [0, 0.25],
      resizedCrop: [0.5, 1],
    },
    training: { augmentation: { flip: 0.25 } },
  }).slice(1);
  assert.equal(policies.length, 40);
  const seen = (of: (policy: (typeof policies)[number]) => unknown) => [...new Set(policies.map(of))].sort();
  assert.deepEqual(
    seen(({ flip }) => flip),
    [0.25],
  );
  assert.deepEqual(
    seen(({ policy }) => policy.kind),
    ['none', 'rand-augment'],
  );
  assert.deepEqual(
    seen(({ policy }) => ('numOps' in policy ? policy.numOps : 1)),
    [1, 3],
  );
  assert.deepEqual(
    seen(({ policy }) => ('magnitude' in policy ? policy.magnitude : 4)),
    [4, 5, 6],
  );
  assert.deepEqual(
    seen(({ erasing }) => erasing?.probability),
    [0.25, undefined],
  );
  assert.deepEqual(
    seen(({ resizedCrop }) => resizedCrop?.scale[0]),
    [0.5, undefined],
  );
  assert.deepEqual(
    seen(({ operations }) => operations.length),
    [0, 1],
  );
  for (const { mixup, operations } of policies) {
    assert.ok(mixup >= 0.1 && mixup <= 0.4);
    for (const { magnitude, probability } of operations) {
      assert.ok(Math.abs(Number(magnitude)) <= 30);
      assert.equal(probability, 0.5);
    }
  }
});

test('adding a setting to the space does not change the draws of the others; another seed does', () => {
  const mixups = (change: object, seed = 1) =>
    searchOf({
      seed,
      trials: 8,
      space: { kind: 'random', mixup: { from: 0, to: 1 }, ...change },
    }).map(({ mixup }) => mixup);
  assert.deepEqual(mixups({ flip: { from: 0, to: 1 } }), mixups({}));
  assert.notDeepEqual(mixups({}, 2), mixups({}));
});

test('a small space yields each of its policies once', () => {
  const policies = searchOf({ trials: 50, space: { kind: 'random', flip: [0, 0.5], cutout: [0, 0.3] } });
  assert.equal(policies.length, 4);
});

test('a space without any policy besides the base is refused', () => {
  for (const space of [
    { kind: 'grid', numOps: [2], magnitude: [9] },
    { kind: 'random', flip: [0.5] },
  ] as const) {
    assert.throws(
      () => searchOf({ space: structuredClone(space) as unknown as ConfigInputOf<'search'>['space'] }),
      (error: Error) => error instanceof ConfigurationError && /^space: received/.test(error.message),
    );
  }
});
