import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { decodeJpeg } from '../../../engine/decode-jpeg.js';
import { tf } from '../../../engine/tensorflow.js';

const colourspaceOf = (channels: 1 | 3) => (channels === 1 ? 'b-w' : 'srgb');

async function jpeg(width: number, height: number, channels: 1 | 3): Promise<Buffer> {
  const data = Uint8Array.from({ length: width * height * channels }, (_, at) => (at * at) % 251);
  return sharp(data, { raw: { width, height, channels } })
    .toColourspace(colourspaceOf(channels))
    .jpeg()
    .toBuffer();
}

test('decodeJpeg returns the same bytes as sharp and leaks no tensor', async () => {
  const tensors = tf.memory().numTensors;
  for (const channels of [1, 3] as const) {
    // Includes odd sizes, whose bytes don't fill whole words.
    for (const [width, height] of [
      [1, 1],
      [5, 3],
      [33, 47],
      [64, 16],
    ] as const) {
      const bytes = await jpeg(width, height, channels);
      const made = decodeJpeg(bytes, channels);
      assert.deepEqual([made.width, made.height, made.channels], [width, height, channels]);
      const expected = await sharp(bytes).toColourspace(colourspaceOf(channels)).raw().toBuffer();
      assert.deepEqual(Buffer.from(made.data), expected, `${width} x ${height} x ${channels}`);
    }
  }
  assert.equal(tf.memory().numTensors, tensors);
});

test('bytes that are not a complete JPEG are refused', async () => {
  const bytes = await jpeg(64, 64, 3);
  assert.throws(() => decodeJpeg(bytes.subarray(0, bytes.length >> 1), 3), /JPEG|jpeg|Invalid/);
  assert.throws(() => decodeJpeg(Buffer.from('not a picture'), 3), /JPEG|jpeg|Unknown image/);
});
