import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { declaredSize } from '../../../../../learning/datasets/decode/declared-size.js';
import { hugePictures } from '../../../../support/odd-pictures.js';

const SIZE = { width: 37, height: 21 };

test('a header’s size is read in each format', async () => {
  const make = (channels: 3 | 4) => sharp({ create: { ...SIZE, channels, background: '#336699' } });
  const encoded = {
    png: make(3).png(),
    jpeg: make(3).jpeg(),
    progressive: make(3).jpeg({ progressive: true }),
    withExif: make(3).withMetadata({ orientation: 6 }).jpeg(),
    lossy: make(3).webp(),
    lossless: make(4).webp({ lossless: true }),
    lossyWithAlpha: make(4)
      .composite([{ input: Buffer.from('<svg width="9" height="9"/>') }])
      .webp(),
  };
  for (const [name, picture] of Object.entries(encoded)) {
    assert.deepEqual(declaredSize(await picture.toBuffer()), SIZE, name);
  }
});

test('the size is read from the header alone', async () => {
  for (const bytes of Object.values(await hugePictures(40_000))) {
    assert.deepEqual(declaredSize(bytes), { width: 40_000, height: 40_000 });
  }
});

test('bytes that end early, or are noise, have no size', async () => {
  const jpeg = await sharp({ create: { ...SIZE, channels: 3, background: '#fff' } })
    .jpeg()
    .toBuffer();
  for (let length = 0; length < 30; length++) {
    assert.equal(declaredSize(jpeg.subarray(0, length)), undefined);
    assert.equal(declaredSize(Buffer.alloc(length)), undefined);
  }
  // A segment of no length must not be read for ever.
  assert.equal(declaredSize(Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(64, 0xff)])), undefined);
  assert.equal(declaredSize(Buffer.from('ffd8ffe00000ffe00000ffe00000', 'hex')), undefined);
});
