import assert from 'node:assert/strict';
import { test } from 'node:test';
import { realDataOf } from '../../../../activities/gap/prepare-real.js';
import { withModelImageSettings } from '../../../../domain/config/image-settings.js';
import { gapConfig } from '../../../../domain/methods/gap.js';
import type { DatasetRecord } from '../../../../domain/records.js';

const MODEL = { image: { height: 8, width: 9, channels: 3 }, fit: 'contain' } as const;
const configOf = (image: object) =>
  gapConfig.parse({
    ...{ name: 'gap', model: 'clothes' },
    data: { labelled: { format: 'class-folders', path: 'x' }, image },
    real: { format: 'folder', path: 'y' },
  });

test('images take the model’s shape and fit unless the configuration sets others', () => {
  const own = { height: 8, width: 9, colour: 'rgb', fit: 'contain' };
  assert.deepEqual(withModelImageSettings(configOf({}).data, MODEL).image, own);
  const other = { width: 12, fit: 'cover' };
  assert.deepEqual(withModelImageSettings(configOf(other).data, MODEL).image, { ...own, ...other });
});

test('the real images of a gap report take the shape and fit of its data set', () => {
  const dataset = MODEL as unknown as DatasetRecord;
  assert.equal(realDataOf(configOf({}), dataset).image.fit, 'contain');
});
