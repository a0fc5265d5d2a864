import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RUNS } from './golden/operations.js';
import { type Case, cases, inputOf, pictureAt } from './golden/vectors.js';

/** The largest difference of a case, as a message when it is above the tolerance. */
function mismatch(one: Case): string | undefined {
  const expected = pictureAt(one);
  const made = RUNS[one.op]!(inputOf(one), one.args);
  const shape = ({ width, height, channels }: typeof made) => `${width} x ${height} x ${channels}`;
  const place = `input ${one.input}, ${JSON.stringify(one.args)}`;
  if (shape(made) !== shape(expected)) return `${place}: ${shape(made)} instead of ${shape(expected)}`;
  let largest = 0;
  for (let at = 0; at < expected.data.length; at++) {
    largest = Math.max(largest, Math.abs(expected.data[at]! - made.data[at]!));
  }
  return largest > one.tolerance ? `${place}: ${largest} levels off, at most ${one.tolerance}` : undefined;
}

const groups = new Map<string, Case[]>();
for (const one of cases) {
  const name = one.op === 'operation' ? `RandAugment ${one.args.name}` : one.op;
  const group = `${one.reference} ${name}${one.tolerance > 0 ? `, within ${one.tolerance}` : ', bit by bit'}`;
  groups.set(group, [...(groups.get(group) ?? []), one]);
}

for (const [name, group] of groups) {
  test(`as ${name} (${group.length} cases)`, () => {
    assert.deepEqual(
      group
        .map(mismatch)
        .filter((found) => found !== undefined)
        .slice(0, 3),
      [],
    );
  });
}
