import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  getAffineTransform,
  getPerspectiveTransform,
} from '../../../../learning/augmentation/geometry/opencv/matrices.js';
import { CIFAR10 } from '../../../../learning/augmentation/policies/auto-augment-tables.js';
import {
  autoAugmentSpace,
  randAugmentSpace,
  trivialAugmentSpace,
} from '../../../../learning/augmentation/policies/magnitudes.js';
import { cutMixBox } from '../../../../learning/augmentation/regions/cutmix.js';
import { normalise } from '../../../../learning/augmentation/values/normalise.js';
import { inputOf, type Table, tables } from './golden/vectors.js';

function named(name: string): Table[] {
  const found = tables.filter((table) => table.name === name);
  assert.ok(found.length > 0);
  return found;
}

function spaceOf({ kind, bins, width, height }: Table) {
  if (kind === 'rand-augment') return randAugmentSpace(bins, width, height);
  return kind === 'auto-augment' ? autoAugmentSpace(width, height) : trivialAugmentSpace(bins);
}

test("magnitudes are torchvision's to the last bit, for several bins and sizes", () => {
  for (const table of named('magnitudes')) {
    const row = spaceOf(table).find(({ name }) => name === table['operation']);
    assert.ok(row, table['operation']);
    assert.deepEqual(row.values && [...row.values], table['values'] ?? undefined, JSON.stringify(table));
    assert.equal(row.values !== undefined && row.signed, table['signed'], table['operation']);
  }
});

test("AutoAugment's CIFAR-10 policy is torchvision's", () => {
  const [{ values }] = named('auto-augment-cifar10') as [Table];
  assert.equal(CIFAR10.length, values.length);
  CIFAR10.forEach((subPolicy, index) => {
    subPolicy.forEach(([name, probability, bin], place) => {
      const expected = values[index][place];
      assert.deepEqual([name, probability], expected.slice(0, 2));
      if (expected[2] !== null) assert.equal(bin, expected[2]);
    });
  });
});

test('CutMix clips the box at the border and weights labels by the remaining area', () => {
  for (const [width, height, drawn, x, y, left, top, right, bottom, share] of named('cutmix')[0]!['values']) {
    const plan = cutMixBox({ width, height }, drawn, x, y);
    assert.deepEqual(plan, { box: { left, top, right, bottom }, share });
  }
});

test("matrices are OpenCV's to 1e-6", () => {
  const close = (made: readonly (readonly number[])[], expected: readonly number[]) => {
    made.flat().forEach((value, index) => {
      const off = Math.abs(value - expected[index]!);
      assert.ok(off <= 1e-6 * Math.max(1, Math.abs(value)), `${value}, expected ${expected[index]}`);
    });
  };
  for (const { src, dst, values } of named('getAffineTransform')) close(getAffineTransform(src, dst), values);
  for (const { src, dst, values } of named('getPerspectiveTransform')) {
    close(getPerspectiveTransform(src, dst), values);
  }
});

test("normalised values are torchvision's", () => {
  const [table] = named('normalise') as [Table];
  const made = normalise(inputOf({ input: table['input'] }), table['mean'], table['deviation']);
  made.forEach((value, index) => {
    assert.ok(Math.abs(value - table['values'][index]) < 1e-6);
  });
});
