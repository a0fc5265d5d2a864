import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigurationError } from '../../../../../domain/errors.js';
import { crop } from '../../../../../learning/augmentation/geometry/crop.js';
import { flipHorizontal } from '../../../../../learning/augmentation/geometry/flip.js';
import { placePictures } from '../../../../../learning/augmentation/kernels/kernel-memory.js';
import { picture } from '../../../../../learning/augmentation/picture.js';
import { applyPlan, applyPlanInto, Workspace } from '../../../../../learning/augmentation/policies/apply.js';
import type { Plan } from '../../../../../learning/augmentation/policies/plan.js';
import { invert } from '../../../../../learning/augmentation/values/invert.js';
import { sharpnessInto } from '../../../../../learning/augmentation/values/sharpness.js';

const PLAN: Plan = {
  flip: true,
  operations: [
    { name: 'Rotate', magnitude: 20 },
    { name: 'Sharpness', magnitude: 0.5 },
  ],
  erase: [],
  interpolation: 'nearest',
  fill: 3,
};

function someBytes(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => (at * 31) % 253);
}

test('pictures of the longest sides work', () => {
  const wide = picture(32_767, 2, 3, someBytes(32_767 * 6));
  assert.deepEqual(flipHorizontal(flipHorizontal(wide)), wide);
  const high = picture(2, 32_767, 3, someBytes(32_767 * 6));
  assert.deepEqual(invert(invert(high)), high);
  assert.deepEqual(crop(high, { left: 0, top: 32_766, width: 2, height: 1 }).data, high.data.slice(-6));
});

test('pictures that don’t fit into the memory are refused with their sizes', () => {
  const huge = { width: 32_767, height: 32_767, channels: 3 } as const;
  assert.throws(
    () => placePictures(huge, huge),
    (error: Error) => {
      assert.ok(error instanceof ConfigurationError);
      assert.match(error.message, /32767 x 32767 x 3.*expected.*2 GiB/);
      return true;
    },
  );
  assert.doesNotThrow(() => placePictures({ width: 3, height: 3, channels: 3 }));
});

test('a workspace stays valid after the memory grows and after other work', () => {
  const workspace = new Workspace();
  const source = picture(33, 17, 3, someBytes(33 * 17 * 3));
  const target = picture(33, 17, 3);
  const expected = applyPlan(PLAN, source);
  for (const side of [100, 3000, 3500]) {
    applyPlanInto(PLAN, source, target, workspace);
    assert.deepEqual(target, expected);
    invert(picture(side, side, 3));
  }
});

test('pictures may be in shared memory, at any byte offset', () => {
  const shared = new Uint8Array(new SharedArrayBuffer(1000));
  shared.set(someBytes(1000));
  const source = { width: 9, height: 7, channels: 3, data: shared.subarray(5, 5 + 189) } as const;
  const target = { ...source, data: shared.subarray(501, 501 + 189) };
  applyPlanInto(PLAN, source, target, new Workspace());
  assert.deepEqual(target.data.slice(), applyPlan(PLAN, source).data);
  const outside = shared.filter((_, at) => at < 501 || at >= 690);
  assert.deepEqual(
    outside,
    someBytes(1000).filter((_, at) => at < 501 || at >= 690),
  );
});

test('kernels refuse pictures outside their memory', () => {
  const elsewhere = picture(3, 3, 1);
  assert.throws(() => sharpnessInto(elsewhere, elsewhere, 2), TypeError);
});
