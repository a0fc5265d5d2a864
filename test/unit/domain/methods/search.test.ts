import assert from 'node:assert/strict';
import { test } from 'node:test';
import { searchConfig } from '../../../../domain/methods/search.js';

const data = { labelled: { format: 'class-folders', path: 'x' } };

/** Where the problems are, as `space.numOps`. */
function problems(change: object): string[] {
  const { error } = searchConfig.safeParse({ name: 'search', data, ...change });
  return (error?.issues ?? []).map(({ path }) => path.join('.'));
}

test('by default a search tries a grid of RandAugment', () => {
  const { space, halving, trials } = searchConfig.parse({ name: 'search', data });
  assert.deepEqual(space, {
    kind: 'grid',
    numOps: [1, 2, 3],
    magnitude: [5, 9, 13, 17],
    numMagnitudeBins: 31,
  });
  assert.deepEqual(halving, { eta: 3, rungs: 3 });
  assert.equal(trials, undefined);
});

const WRONG: readonly (readonly [change: object, field: RegExp])[] = [
  [{ space: { kind: 'random' } }, /^space$/],
  [{ space: { kind: 'random', policies: [] } }, /^space\.policies$/],
  [{ space: { kind: 'random', operations: [{ name: 'Blur' }] } }, /^space\.operations\.0\.name$/],
  [
    { space: { kind: 'random', operations: [{ name: 'Posterize', magnitude: [9] }] } },
    /^space\.operations\.0\.magnitude$/,
  ],
  [{ space: { kind: 'random', policies: [{ kind: 'auto-mate' }] } }, /^space\.policies\.0\.kind$/],
  [
    { space: { kind: 'random', policies: [{ kind: 'rand-augment', numOps: [0] }] } },
    /^space\.policies\.0\.numOps/,
  ],
  [
    { space: { kind: 'random', policies: [{ kind: 'rand-augment', magnitude: [31] }] } },
    /^space\.policies\.0\.magnitude/,
  ],
  [{ space: { kind: 'random', flip: { from: 0.5, to: 0.2 } } }, /^space\.flip/],
  [{ space: { kind: 'random', flip: [] } }, /^space\.flip/],
  [{ space: { kind: 'grid', numOps: [0] } }, /^space\.numOps\.0$/],
  [{ space: { kind: 'grid', magnitude: [] } }, /^space\.magnitude$/],
  [{ space: { kind: 'grid', magnitude: [40] } }, /^space\.magnitude$/],
  [{ space: { kind: 'bayes' } }, /^space\.kind$/],
  [{ trials: 0 }, /^trials$/],
  [{ parallel: 0 }, /^parallel$/],
  [{ halving: { eta: 1.5 } }, /^halving\.eta$/],
  [{ halving: { rungs: 5 }, training: { steps: 50 } }, /^halving\.rungs$/],
];

test('wrong settings are named by their fields', () => {
  for (const [change, field] of WRONG) {
    const found = problems(change);
    assert.ok(
      found.some((path) => field.test(path)),
      `${JSON.stringify(change)}: ${JSON.stringify(found)}`,
    );
  }
});
