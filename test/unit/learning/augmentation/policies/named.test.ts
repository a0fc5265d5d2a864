import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { augmentationConfig } from '../../../../../domain/config/augmentation.js';
import { keyedRandom } from '../../../../../domain/random.js';
import {
  addBrightness,
  applyPlan,
  augmentationOf,
  drawNamed,
  drawPlan,
  expectNamed,
  flipVertical,
  type NamedOperation,
  OPERATIONS,
  type OperationName,
  type Picture,
  picture,
  rotate,
  zoom,
} from '../../../../../learning/augmentation/index.js';

const photo = picture(
  12,
  9,
  3,
  Uint8Array.from({ length: 12 * 9 * 3 }, (_, at) => (at * 53) % 256),
);
const NOTHING = { flip: 0, shift: 0, policy: { kind: 'none' } } as const;

function augmented(operations: NamedOperation[], source: Picture = photo, seed = 1): Picture {
  const policy = augmentationOf(augmentationConfig.parse({ ...NOTHING, operations }), source);
  return applyPlan(drawPlan(policy, source, keyedRandom(seed)), source);
}

const cases: [NamedOperation, (source: Picture) => Picture][] = [
  [{ name: 'Rotate', magnitude: 17 }, (source) => rotate(source, 17)],
  [{ name: 'AddBrightness', magnitude: 90 }, (source) => addBrightness(source, 90)],
  [{ name: 'FlipVertical' }, flipVertical],
  [{ name: 'Zoom', magnitude: 0.5 }, (source) => zoom(source, 1.5)],
  [{ name: 'Perspective', magnitude: 0 }, (source) => source],
];
for (const [operation, expected] of cases) {
  test(`${operation.name} of a configuration is what its function does`, () => {
    assert.deepEqual(augmented([operation]).data, expected(photo).data);
  });
}

test('every operation works on pictures of any size at both ends of its usual range, reproducibly by seed', () => {
  const ends: Partial<Record<OperationName, readonly [number, number]>> = {
    Posterize: [0, 8],
    Solarize: [0, 1],
    SolarizeAdd: [-255, 255],
    AddBrightness: [-255, 255],
    Cutout: [0, 9],
    Perspective: [0, 1],
    Zoom: [-0.99, 99],
    Identity: [0, 0],
    AutoContrast: [0, 0],
    Equalize: [0, 0],
    Invert: [0, 0],
    FlipVertical: [0, 0],
  };
  const sides = fc.integer({ min: 1, max: 13 });
  fc.assert(
    fc.property(
      sides,
      sides,
      fc.constantFrom(1 as const, 3 as const),
      fc.nat(),
      (width, height, channels, seed) => {
        const source = picture(width, height, channels);
        source.data.forEach((_, at) => {
          source.data[at] = (at * 41 + seed) % 256;
        });
        for (const name of Object.keys(OPERATIONS) as OperationName[]) {
          const operation = { name, magnitude: ends[name] ?? ([-0.9, 0.9] as const) };
          const once = augmented([operation], source, seed);
          assert.deepEqual(once, augmented([operation], source, seed), name);
          assert.equal(once.data.length, source.data.length);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('a range of magnitudes is drawn from uniformly, and the probability applies to each picture', () => {
  const size = { width: 8, height: 8 };
  const operation = { name: 'Rotate', magnitude: [-10, 30], probability: 0.25 } as const;
  const drawn = Array.from({ length: 400 }, (_, example) =>
    drawNamed([operation], size, keyedRandom(example)),
  ).flat();
  assert.ok(drawn.length > 70 && drawn.length < 130, `${drawn.length} of 400`);
  const magnitudes = drawn.map(({ magnitude }) => magnitude);
  assert.ok(Math.min(...magnitudes) >= -10 && Math.max(...magnitudes) < 30);
  assert.ok(Math.min(...magnitudes) < -5 && Math.max(...magnitudes) > 25);
});

for (const [operation, message] of [
  [{ name: 'Rotat' }, /^operation: received "Rotat", expected one of Identity, /],
  [{ name: 'Posterize', magnitude: 9 }, /^Posterize\.magnitude: received 9, expected a number from 0 to 8$/],
  [{ name: 'Zoom', magnitude: -1 }, /^Zoom\.magnitude: received -1, expected a number from -0\.99 to 99$/],
  [
    { name: 'Rotate', magnitude: [3, 1] },
    /^Rotate\.magnitude: received \[3,1\], expected the smaller number first$/,
  ],
  [{ name: 'Rotate', probability: 2 }, /^Rotate\.probability: received 2, expected a number from 0 to 1$/],
] as const) {
  test(`${JSON.stringify(operation)} is refused`, () => {
    assert.throws(() => expectNamed(operation as never), { name: 'ConfigurationError', message });
  });
}

test('a random window is resized to the full size; without one, images shift by whole pixels', () => {
  const size = { width: 40, height: 30 };
  const windows = augmentationConfig.parse({ resizedCrop: { scale: [0.2, 0.3] }, shift: 0.5 });
  const plan = drawPlan(augmentationOf(windows, size), size, keyedRandom(3));
  assert.equal(plan.crop, undefined, 'instead of a shift');
  const area = (plan.resizedCrop!.width * plan.resizedCrop!.height) / (40 * 30);
  assert.ok(area > 0.18 && area < 0.32, String(area));
  assert.equal(applyPlan(plan, picture(40, 30, 1)).data.length, 40 * 30);
  const moved = drawPlan(
    augmentationOf(augmentationConfig.parse({ shift: 0.1 }), size),
    size,
    keyedRandom(3),
  );
  assert.ok(Math.abs(moved.crop!.left) <= 4 && Math.abs(moved.crop!.top) <= 3);
  assert.equal(moved.crop!.mode, 'edge');
});
