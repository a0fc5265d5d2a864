import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDataset } from '../../../../learning/datasets/open.js';
import { openLabels } from '../../../../learning/datasets/open-labels.js';
import { twoClasses } from '../../../support/two-classes.js';

const { store, dataset } = await twoClasses();

test('labels alone equal those of the opened images', async () => {
  const labels = await openLabels(dataset, store);
  const images = await openDataset(dataset, store);
  for (const split of ['labelled', 'validation'] as const) {
    assert.deepEqual(
      [...labels[split]],
      Array.from({ length: images[split].count }, (_, position) => images[split].label(position)),
    );
  }
  assert.deepEqual([...labels.labelled].sort(), [0, 0, 1, 1]);
});
