import assert from 'node:assert/strict';
import { test } from 'node:test';
import { concatImages, emptyLike } from '../../../../learning/datasets/concat-images.js';
import { type ImageSet, labelsOf } from '../../../../learning/datasets/image-set.js';
import { imagesOf } from '../../../support/images.js';

const firstPixels = (images: ImageSet) =>
  Array.from({ length: images.count }, (_, position) => {
    const pixels = new Uint8Array(64);
    images.copy(position, pixels, 0);
    return pixels[0];
  });

test('concatenated sets keep images and labels in order', () => {
  const images = concatImages(imagesOf([1, 2], [0, 1]), imagesOf([7], [2]));
  assert.equal(images.count, 3);
  assert.deepEqual([...labelsOf(images)], [0, 1, 2]);
  assert.deepEqual(firstPixels(images), [1, 2, 7]);
});

test('an empty set keeps the shape', () => {
  const { shape, count } = emptyLike(imagesOf([1], [0]));
  assert.deepEqual({ shape, count }, { shape: { height: 8, width: 8, channels: 1 }, count: 0 });
});
