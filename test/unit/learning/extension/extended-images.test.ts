import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelsOf } from '../../../../learning/datasets/image-set.js';
import { renumbered, together } from '../../../../learning/extension/extended-images.js';
import { imagesOf } from '../../../support/images.js';

const firstPixels = (images: ReturnType<typeof imagesOf>) =>
  Array.from({ length: images.count }, (_, position) => {
    const pixels = new Uint8Array(64);
    images.copy(position, pixels, 0);
    return pixels[0];
  });

test('classes get other numbers; images without a label stay without', () => {
  const images = renumbered([5, 3], imagesOf([1, 2, 3], [1, -1, 0]));
  assert.deepEqual([...labelsOf(images)], [3, -1, 5]);
  assert.deepEqual(firstPixels(images), [1, 2, 3]);
});

test('two sets of images follow each other', () => {
  const images = together(imagesOf([1, 2], [0, 1]), imagesOf([7], [2]));
  assert.equal(images.count, 3);
  assert.deepEqual([...labelsOf(images)], [0, 1, 2]);
  assert.deepEqual(firstPixels(images), [1, 2, 7]);
});
