import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withQueriedLabels } from '../../../../bench/methods/label-queried.js';
import type { ModelSource } from '../../../../bench/methods/model-source.js';
import type { Recipe } from '../../../../bench/methods/recipe.js';
import { type ImageSet, labelsOf, pictureOf } from '../../../../learning/datasets/image-set.js';

/** Images of one pixel, which is their number. */
const numbered = (first: number, labels: readonly number[]): ImageSet => ({
  shape: { height: 1, width: 1, channels: 1 },
  count: labels.length,
  label: (position) => labels[position]!,
  copy: (position, target, offset) => target.set([first + position], offset),
});
const pixelsOf = (images: ImageSet) =>
  Array.from({ length: images.count }, (_, position) => pictureOf(images, position).data[0]!);

const labelled = numbered(100, [0, 1]);
const prepared = {
  classes: ['even', 'odd'],
  images: {
    labelled,
    validation: labelled,
    test: labelled,
    unlabelled: numbered(0, [-1, -1, -1, -1, -1, -1]),
  },
  truth: Int32Array.of(0, 1, 0, 1, -1, -1),
};

test('queried images get their true labels and leave the unlabelled images', async () => {
  const asked = { by: 'random', count: 3, model: {} as Recipe } as const;
  const { labelled: all, unlabelled } = await withQueriedLabels({} as ModelSource, 1, prepared, asked);
  const [pixels, labels] = [pixelsOf(all), labelsOf(all)];
  assert.deepEqual(
    [pixels.slice(0, 2), [...labels.slice(0, 2)]],
    [
      [100, 101],
      [0, 1],
    ],
  );
  assert.equal(all.count, 5);
  pixels.slice(2).forEach((pixel, at) => {
    assert.ok(pixel < 4, 'nobody knows what the others are');
    assert.equal(labels[2 + at], pixel % 2);
  });
  assert.deepEqual([...pixels.slice(2), ...pixelsOf(unlabelled)].sort(), [0, 1, 2, 3, 4, 5]);
  const again = await withQueriedLabels({} as ModelSource, 1, prepared, asked);
  assert.deepEqual(pixelsOf(again.labelled), pixels);
  const other = await withQueriedLabels({} as ModelSource, 7, prepared, asked);
  assert.notDeepEqual(pixelsOf(other.labelled), pixels);
});
