import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CORRUPTIONS, SEVERITIES } from '../../../../domain/corruption.js';
import { keyedRandom } from '../../../../domain/random.js';
import type { Picture } from '../../../../learning/augmentation/picture.js';
import { gaussianBlur } from '../../../../learning/corruptions/blur.js';
import { corrupt } from '../../../../learning/corruptions/corrupt.js';
import { corruptedImages } from '../../../../learning/corruptions/corrupted-images.js';
import { compressJpeg } from '../../../../learning/corruptions/jpeg.js';
import { lowerContrast, raiseBrightness } from '../../../../learning/corruptions/levels.js';
import { pixelate } from '../../../../learning/corruptions/pixelate.js';
import { isLarge, strengthOf } from '../../../../learning/corruptions/strengths.js';
import { bytesOf, golden, PICTURES } from './golden.js';

const SMALL = { width: 32, height: 32 };
const LARGE = { width: 224, height: 224 };

test('strengths are the authors’ for small pictures and for large ones', () => {
  assert.equal(isLarge(SMALL), false);
  assert.equal(isLarge(LARGE), true);
  for (const corruption of CORRUPTIONS) {
    const of = (size: typeof SMALL) => SEVERITIES.map((severity) => strengthOf(corruption, severity, size));
    assert.deepEqual(of(SMALL), golden.strengths.small[corruption], corruption);
    assert.deepEqual(of(LARGE), golden.strengths.large[corruption], corruption);
  }
});

const EXACT = {
  'gaussian-blur': gaussianBlur,
  contrast: lowerContrast,
  brightness: raiseBrightness,
  jpeg: compressJpeg,
  pixelate,
} as const;

for (const [corruption, apply] of Object.entries(EXACT)) {
  test(`${corruption} is that of NumPy, SciPy, scikit-image and Pillow within a level`, async () => {
    const cases = golden.exact.filter((one) => one.corruption === corruption);
    assert.equal(cases.length, 20);
    for (const { size, severity, picture, pixels, corruption: name } of cases) {
      const source = PICTURES[picture]!;
      const before = source.data.slice();
      const made = await apply(source, golden.strengths[size][name][severity - 1]!);
      const expected = bytesOf(pixels);
      const furthest = expected.reduce(
        (most, value, index) => Math.max(most, Math.abs(value - made.data[index]!)),
        0,
      );
      assert.ok(furthest <= 1, `${size}, severity ${severity}, picture ${picture}: off by ${furthest}`);
      assert.equal(made.data.length, expected.length);
      assert.deepEqual(source.data, before, 'the source stays');
    }
  });
}

test('equal keys corrupt a picture equally, different keys differently', async () => {
  const [source] = PICTURES;
  for (const corruption of CORRUPTIONS) {
    const corrupted = (seed: number) => corrupt(source!, corruption, 3, keyedRandom(seed, 'corruption'));
    const first = await corrupted(1);
    assert.deepEqual(first, await corrupted(1), corruption);
    const isNoise = corruption.endsWith('noise');
    assert.equal(Buffer.compare(first.data, (await corrupted(2)).data) !== 0, isNoise, corruption);
  }
});

test('invalid pictures are refused', async () => {
  const broken: Picture = { width: 4, height: 4, channels: 1, data: new Uint8Array(3) };
  await assert.rejects(corrupt(broken, 'contrast', 1, keyedRandom(0)), /picture\.data: received 3/);
});

test('a corrupted set has the selected pictures in order, with their labels', async () => {
  const source = PICTURES[1]!;
  const { data, ...shape } = source;
  const images = {
    shape,
    count: 3,
    copy: (position: number, target: Uint8Array, offset: number) =>
      target.set(
        data.map((value) => value ^ position),
        offset,
      ),
    label: (position: number) => position + 10,
  };
  const plan = { corruption: 'shot-noise', severity: 2, seed: 5 } as const;
  const both = await corruptedImages(images, [2, 0], plan);
  const one = await corruptedImages(images, [0], plan);
  assert.deepEqual([both.label(0), both.label(1)], [12, 10]);
  const pixels = (set: typeof both, place: number) => {
    const target = new Uint8Array(data.length);
    set.copy(place, target, 0);
    return target;
  };
  assert.deepEqual(pixels(both, 1), pixels(one, 0), 'noise hangs on the picture, not on its company');
  assert.notDeepEqual(pixels(both, 0), pixels(both, 1));
});
