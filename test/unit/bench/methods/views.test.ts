import assert from 'node:assert/strict';
import { test } from 'node:test';
import { augmented, onlyClasses, viewOf } from '../../../../bench/methods/views.js';
import { augmentationConfig } from '../../../../domain/config/augmentation.js';
import { type ImageSet, labelsOf } from '../../../../learning/datasets/image-set.js';

/** Gray images of 2x2 pixels: 0 1 / 2 3, ten more with each position. */
function images(...labels: number[]): ImageSet {
  return {
    shape: { height: 2, width: 2, channels: 1 },
    count: labels.length,
    label: (position) => labels[position]!,
    copy: (position, target, offset) =>
      target.set(
        [0, 1, 2, 3].map((value) => value + 10 * position),
        offset,
      ),
  };
}

function pixelsOf(set: ImageSet, position: number): number[] {
  const target = new Uint8Array(6);
  set.copy(position, target, 1);
  assert.equal(target[0], 0, 'what lies before the offset stays');
  return [...target.subarray(1, 5)];
}

const split = (set: ImageSet) => ({ labelled: set, validation: set, unlabelled: set, test: set });

test('selected classes are renumbered in their order, after the known ones', () => {
  const set = onlyClasses(images(3, 0, 5, 3, -1), [5, 3]);
  assert.deepEqual([...labelsOf(set)], [1, 0, 1]);
  assert.deepEqual(pixelsOf(set, 2), [30, 31, 32, 33]);

  const behind = viewOf(split(images(3, 0, 5)), { labels: 10, classes: [5, 3], after: [0, 1] });
  assert.deepEqual([...labelsOf(behind.test)], [3, 2]);
});

test('images are inverted and rotated, and keep their labels', () => {
  const inverted = viewOf(split(images(0, 1)), { labels: 10, change: 'inverted' }).labelled;
  assert.deepEqual(pixelsOf(inverted, 1), [245, 244, 243, 242]);
  assert.deepEqual([...labelsOf(inverted)], [0, 1]);

  const rotated = viewOf(split(images(0)), { labels: 10, change: 'rotated' }).test;
  assert.deepEqual(pixelsOf(rotated, 0), [1, 3, 0, 2], 'a quarter to the left');
});

test('a view without changes is the data set', () => {
  const data = split(images(0, 1));
  assert.deepEqual(viewOf(data, { labels: 10 }), data);
});

test('augmented images are the same for the same key', () => {
  const flips = augmentationConfig.parse({ flip: 0.5, shift: 0, policy: { kind: 'none' } });
  const set = images(...new Array<number>(32).fill(0));
  const seen = (...key: (number | string)[]) => {
    const changed = augmented(set, flips, ...key);
    return Array.from({ length: set.count }, (_, position) => pixelsOf(changed, position));
  };
  assert.deepEqual(seen(1, 'noise'), seen(1, 'noise'));
  assert.notDeepEqual(seen(1, 'noise'), seen(2, 'noise'));
  assert.ok(
    seen(1, 'noise').some((pixels, place) => pixels[0] === 10 * place + 1),
    'some are mirrored',
  );
});
