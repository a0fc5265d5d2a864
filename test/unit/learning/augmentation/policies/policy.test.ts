import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { keyedRandom } from '../../../../../domain/random.js';
import type { Picture } from '../../../../../learning/augmentation/picture.js';
import { applyPlan, applyPlanInto, Workspace } from '../../../../../learning/augmentation/policies/apply.js';
import {
  type Augmentation,
  drawPlan,
  expectDrawable,
} from '../../../../../learning/augmentation/policies/draw-plan.js';
import {
  NOISY_STUDENT_NAMES,
  noisyStudentMagnitude,
} from '../../../../../learning/augmentation/policies/noisy-student.js';
import { OPERATION_NAMES, OPERATIONS } from '../../../../../learning/augmentation/policies/operations.js';
import { pictures } from '../pictures.js';

const SIZE = { width: 32, height: 32 };
const POLICIES: readonly Augmentation[] = [
  { crop: {}, flip: 0.5, policy: { kind: 'rand-augment' } },
  { policy: { kind: 'noisy-student', magnitude: 27, numOps: 3 } },
  { flip: 1, policy: { kind: 'trivial-augment-wide' }, interpolation: 'bilinear', fill: 9 },
  { policy: { kind: 'auto-augment-cifar10' }, erasing: { probability: 1 } },
  { crop: { padding: 2, mode: 'reflect' }, policy: { kind: 'rand-augment', numOps: 4, magnitude: 30 } },
];

test('a plan survives JSON, gives the same bytes, and is drawn again by the same key', () => {
  fc.assert(
    fc.property(pictures(), fc.constantFrom(...POLICIES), fc.nat(), (picture, policy, seed) => {
      const plan = drawPlan(policy, picture, keyedRandom(seed, 'augment'));
      assert.deepEqual(drawPlan(policy, picture, keyedRandom(seed, 'augment')), plan);
      const once = applyPlan(plan, picture);
      assert.deepEqual(applyPlan(JSON.parse(JSON.stringify(plan)), picture), once);
    }),
  );
});

test('applying a plan changes neither the source nor later results', () => {
  const workspace = new Workspace();
  const larger = { width: 40, height: 40, channels: 3, data: new Uint8Array(4800).fill(99) } as const;
  fc.assert(
    fc.property(pictures(), fc.constantFrom(...POLICIES), fc.nat(), (picture, policy, seed) => {
      const plan = drawPlan(policy, picture, keyedRandom(seed));
      const before = picture.data.slice();
      const target: Picture = { ...picture, data: new Uint8Array(picture.data.length) };
      applyPlanInto(plan, larger, { ...larger, data: new Uint8Array(4800) }, workspace);
      applyPlanInto(plan, picture, target, workspace);
      assert.deepEqual(picture.data, before);
      assert.deepEqual(target, applyPlan(plan, picture));
    }),
  );
});

test('RandAugment draws its 14 operations evenly, with both signs, at the bin', () => {
  const counts = new Map<string, number>();
  let negative = 0;
  for (let example = 0; example < 7000; example++) {
    const { operations } = drawPlan(POLICIES[0]!, SIZE, keyedRandom(3, 'augment', example));
    assert.equal(operations.length, 2);
    for (const { name, magnitude } of operations) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
      if (name === 'Rotate') {
        assert.equal(Math.abs(magnitude), 9);
        if (magnitude < 0) negative++;
      }
    }
  }
  assert.equal(counts.size, 14);
  for (const [name, count] of counts) assert.ok(Math.abs(count - 1000) < 150, `${name} ${count}`);
  assert.ok(Math.abs(negative / counts.get('Rotate')! - 0.5) < 0.06);
});

test("the Noisy Student code's scale has levels above 10", () => {
  const at = (name: (typeof NOISY_STUDENT_NAMES)[number], level: number) =>
    Number(noisyStudentMagnitude(name, level, { width: 224, height: 224 }).toFixed(9));
  assert.equal(NOISY_STUDENT_NAMES.length, 16);
  assert.equal(at('Rotate', 27), 81);
  assert.equal(at('ShearX', 27), 0.81);
  assert.equal(at('Brightness', 27), 3.96, 'a factor of 4.96');
  assert.equal(at('TranslateX', 10), 100);
  assert.equal(at('Cutout', 5), 20);
  assert.equal(at('Posterize', 10), 4);
  assert.equal(at('SolarizeAdd', 10), 110);
  assert.equal(noisyStudentMagnitude('TranslateX', 10, SIZE), 4, 'an eighth of a small picture');
});

test('every operation of the table runs at both ends of a sensible range', () => {
  const picture: Picture = {
    width: 5,
    height: 4,
    channels: 3,
    data: Uint8Array.from({ length: 60 }, (_, i) => i * 4),
  };
  for (const name of OPERATION_NAMES) {
    for (const end of OPERATIONS[name].range) {
      const operations = [{ name, magnitude: end }];
      const made = applyPlan(
        { flip: false, operations, erase: [], interpolation: 'nearest', fill: 0 },
        picture,
      );
      assert.equal(made.data.length, 60, name);
    }
  }
});

test('errors about policies and plans name the argument, the received and the expected value', () => {
  const refused = (policy: unknown, message: RegExp) => {
    assert.throws(() => expectDrawable(policy as Augmentation), { name: 'ConfigurationError', message });
  };
  refused(
    { policy: { kind: 'rand-augment', magnitude: 31 } },
    /^magnitude: received 31, expected an integer from 0 to 30$/,
  );
  refused({ policy: { kind: 'rand-augment', numOps: -1 } }, /^numOps: received -1/);
  refused({ policy: { kind: 'rand-augment', numMagnitudeBins: 1 } }, /^numMagnitudeBins: received 1/);
  refused(
    { policy: { kind: 'noisy-student', magnitude: 31 } },
    /^magnitude: received 31, expected an integer from 0 to 30$/,
  );
  refused(
    { policy: { kind: 'randaugment' } },
    /^kind: received "randaugment", expected one of rand-augment, noisy-/,
  );
  refused({ flip: 2 }, /^flip: received 2, expected a number from 0 to 1$/);
  refused({ interpolation: 'cubic' }, /^interpolation: received "cubic", expected one of nearest/);
  refused({ crop: { mode: 'mirror' } }, /^crop.mode: received "mirror", expected one of constant/);
  refused({ crop: { padding: [1, -1] } }, /^crop.padding: received -1/);
  refused({ resizedCrop: { scale: [0.5, 2] } }, /^scale\[1\]: received 2/);
  refused({ erasing: { probability: 1, ratio: [3, 1] } }, /^ratio: received \[3,1\], expected the smaller/);

  const picture: Picture = { width: 2, height: 1, channels: 1, data: Uint8Array.of(1, 2) };
  const plan = { flip: false, erase: [], interpolation: 'nearest', fill: 0 } as const;
  const applied = (change: object, message: RegExp) => {
    // biome-ignore lint/suspicious/noExplicitAny: wrong on purpose
    assert.throws(() => applyPlan({ ...plan, operations: [], ...change } as any, picture), { message });
  };
  applied(
    { operations: [{ name: 'Spin', magnitude: 1 }] },
    /^operation: received "Spin", expected one of Identity, ShearX/,
  );
  applied(
    { operations: [{ name: 'Posterize', magnitude: 9 }] },
    /^Posterize.magnitude: received 9, expected a number from 0 to 8$/,
  );
  applied(
    { erase: [{ left: 0, top: 0, right: 3, bottom: 1 }] },
    /^erase.right: received 3, expected an integer from 0 to 2$/,
  );
  const crop = { left: 0, top: 0, width: 2, height: 1, mode: 'edge' };
  applied({ crop: { ...crop, left: 2 ** 32 } }, /^crop.left: received 4294967296, expected an integer from/);
  applied({ crop: { ...crop, top: 0.5 } }, /^crop.top: received 0.5/);
  applied({ crop: { ...crop, width: -1 } }, /^crop.width: received -1/);
  applied({ crop: { ...crop, mode: 'mirror' } }, /^crop.mode: received "mirror"/);
  applied({ resizedCrop: { ...crop, height: 0 } }, /^resizedCrop.height: received 0/);
  applied({ interpolation: 'cubic' }, /^interpolation: received "cubic"/);
  applied({ transforms: [{ name: 'spin' }] }, /^transforms.0.name: received "spin"/);
  applied({ fill: [1, 2, 3] }, /^fill: received \[1,2,3\], expected one level, or 1 for 1 channel$/);
});

test('no plan has an empty box, for pictures of any size', () => {
  for (const size of [1, 2, 3].flatMap((width) => [1, 2, 5].map((height) => ({ width, height })))) {
    for (let key = 0; key < 50; key++) {
      const { erase } = drawPlan({ cutout: 1, erasing: { probability: 1 } }, size, keyedRandom(key));
      assert.ok(erase.every((box) => box.right > box.left && box.bottom > box.top));
    }
  }
});
