import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyedRandom } from '../../../../domain/random.js';
import { affine } from '../../../../learning/augmentation/geometry/affine.js';
import { crop, pad } from '../../../../learning/augmentation/geometry/crop.js';
import {
  getAffineTransform,
  getPerspectiveTransform,
} from '../../../../learning/augmentation/geometry/opencv/matrices.js';
import type { Point } from '../../../../learning/augmentation/geometry/opencv/points.js';
import { warpAffine } from '../../../../learning/augmentation/geometry/opencv/warp.js';
import { planRandomCrop } from '../../../../learning/augmentation/geometry/random-crop.js';
import { resize } from '../../../../learning/augmentation/geometry/resize.js';
import { rotate } from '../../../../learning/augmentation/geometry/rotate.js';
import { mixBatch } from '../../../../learning/augmentation/mixup.js';
import { type Picture, picture } from '../../../../learning/augmentation/picture.js';
import { erase } from '../../../../learning/augmentation/regions/box.js';
import { cutMix, cutMixBox } from '../../../../learning/augmentation/regions/cutmix.js';
import { cutMixBatch } from '../../../../learning/augmentation/regions/cutmix-batch.js';
import { addBrightness, brightness } from '../../../../learning/augmentation/values/brightness.js';
import { normalise } from '../../../../learning/augmentation/values/normalise.js';
import { posterize } from '../../../../learning/augmentation/values/posterize.js';

const SMALL = picture(4, 3, 3);

function refused(run: () => unknown, message: RegExp | string): void {
  assert.throws(run, { name: 'ConfigurationError', message });
}

test('invalid pictures are refused', () => {
  refused(() => picture(0, 3, 1), 'picture.width: received 0, expected an integer from 1 to 32767');
  refused(
    () => picture(40_000, 40_000, 3),
    'picture.width: received 40000, expected an integer from 1 to 32767',
  );
  refused(
    () => picture(4, 3, 3, new Uint8Array(12)),
    'picture.data: received 12, expected 36 bytes for 4 x 3 pixels of 3 channels',
  );
  const cmyk = { width: 1, height: 1, channels: 4, data: new Uint8Array(4) } as unknown as Picture;
  refused(() => brightness(cmyk, 1), 'picture.channels: received 4, expected 1 (gray) or 3 (colour)');
  const wide = { ...SMALL, data: new Uint16Array(36) } as unknown as Picture;
  refused(() => brightness(wide, 1), /^picture.data: received "object", expected a Uint8Array$/);
});

test('arguments out of their range are refused', () => {
  refused(() => brightness(SMALL, Number.NaN), 'factor: received NaN, expected a finite number');
  refused(() => addBrightness(SMALL, 300), 'amount: received 300, expected an integer from -255 to 255');
  refused(() => posterize(SMALL, 9), 'bits: received 9, expected an integer from 0 to 8');
  refused(() => rotate(SMALL, 9, { fill: 256 }), 'fill: received 256, expected an integer from 0 to 255');
  refused(
    () => rotate(SMALL, 9, { fill: [1, 2] }),
    'fill: received [1,2], expected one level, or 3 for 3 channels',
  );
  refused(
    () => rotate(SMALL, 9, { interpolation: 'cubic' as 'bicubic' }),
    'interpolation: received "cubic", expected one of nearest, bilinear, bicubic',
  );
  refused(() => affine(SMALL, [1, 0, Number.POSITIVE_INFINITY, 0, 1, 0]), /^matrix\[2\]: received Infinity/);
  refused(() => resize(SMALL, 0, 4), 'size.width: received 0, expected an integer from 1 to 32767');
  refused(() => crop(SMALL, { left: 0.5, top: 0, width: 1, height: 1 }), /^window.left: received 0.5/);
  refused(() => pad(SMALL, { left: -1, top: 0, right: 0, bottom: 0 }), /^by.left: received -1/);
  refused(
    () => planRandomCrop(SMALL, { width: 9, height: 9 }, 1, keyedRandom(1)),
    `wanted: received "9 x 9", expected at most the padded picture's 6 x 5 pixels`,
  );
  refused(() => normalise(SMALL, [0], [0]), 'deviation: received 0, expected a number above 0');
});

test('boxes outside the picture and partners of another shape are refused', () => {
  refused(() => cutMixBox(SMALL, 0.5, 4, 0), 'x: received 4, expected an integer from 0 to 3');
  const batch = { ...SMALL, size: 1, pixels: new Uint8Array(36), targets: new Float32Array(2) };
  const whole = { left: 0, top: 0, right: 4, bottom: 3 };
  const mixed = { box: whole, share: 0, partners: [0] };
  refused(() => cutMixBatch(batch, { ...mixed, box: { ...whole, right: 5 } }), /^plan.box.right: received 5/);
  refused(
    () => cutMixBatch(batch, { ...mixed, partners: [1] }),
    /^plan.partners: received 1, .* from 0 to 0$/,
  );
  refused(() => mixBatch({ ...batch, size: 5 }, 1, keyedRandom(1)), /^batch.pixels: received 36/);
  refused(() => mixBatch(batch, 0, keyedRandom(1)), 'alpha: received 0, expected a finite number above 0');
  refused(
    () => erase(SMALL, { left: 0, top: 0, right: 5, bottom: 1 }),
    'box.right: received 5, expected an integer from 0 to 4',
  );
  refused(
    () => cutMix(SMALL, picture(3, 4, 3), { left: 0, top: 0, right: 1, bottom: 1 }),
    /^partner: received "3 x 4 x 3"/,
  );
});

test('collinear points are refused by name', () => {
  const line: Point[] = [
    [0, 0],
    [1, 1],
    [2, 2],
  ];
  refused(
    () => getAffineTransform(line, line),
    /^src: received .*, expected points of which no three lie on one line; src\[0\], src\[1\] and src\[2\] do$/,
  );
  const square: Point[] = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ];
  const twice: Point[] = [
    [0, 0],
    [5, 1],
    [0, 0],
    [2, 9],
  ];
  refused(() => getPerspectiveTransform(square, twice), /dst\[0\], dst\[1\] and dst\[2\] do$/);
  refused(() => getAffineTransform(square, line), /^src: received .* expected 3 points/);
});

test('wrong matrices and options of warps are refused', () => {
  const identity = [
    [1, 0, 0],
    [0, 1, 0],
  ] as const;
  assert.deepEqual(warpAffine(SMALL, identity, [0, 0]), SMALL, 'dsize (0, 0) is the source');
  refused(() => warpAffine(SMALL, identity, [0, 3]), /^dsize\[0\]: received 0, expected an integer from 1/);
  refused(
    () => warpAffine(SMALL, [identity[0]] as never, [0, 0]),
    /^M: received .* expected 2 rows of 3 numbers/,
  );
  refused(
    () => warpAffine(SMALL, identity, [0, 0], { borderMode: 'mirror' as 'wrap' }),
    /^borderMode: received "mirror"/,
  );
});

test('reflect101 repeats a single pixel (OpenCV 5.0 never returns)', () => {
  const one = picture(1, 1, 1, Uint8Array.of(50));
  const moved = [
    [1, 0, 0.5],
    [0, 1, 0.25],
  ] as const;
  const made = warpAffine(one, moved, [2, 2], { flags: 'cubic', borderMode: 'reflect101' });
  assert.deepEqual([...made.data], [50, 50, 50, 50]);
});

test('a shift beyond the range of 32-bit integers leaves only the fill', () => {
  const white = picture(4, 3, 1, new Uint8Array(12).fill(255));
  for (const far of [2 ** 32, -(2 ** 32), 1e300]) {
    assert.ok(affine(white, [1, 0, far, 0, 1, 0]).data.every((level) => level === 0));
    assert.ok(affine(white, [1, 0, 0, 0, 1, far]).data.every((level) => level === 0));
  }
});
