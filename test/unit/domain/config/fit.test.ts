import assert from 'node:assert/strict';
import { test } from 'node:test';
import { realDataOf } from '../../../../activities/methods/prepare-real.js';
import { fitOf } from '../../../../domain/config/fit-of.js';
import { gapConfig } from '../../../../domain/methods/gap.js';
import { picturedAs } from '../../../../domain/config/pictured-as.js';
import type { DatasetRecord } from '../../../../domain/records.js';

const MODEL = { image: { height: 8, width: 9, channels: 3 }, fit: 'contain' } as const;
const configOf = (image: object) =>
  gapConfig.parse({
    ...{ name: 'gap', model: 'clothes' },
    data: { labelled: { format: 'class-folders', path: 'x' }, image },
    real: { format: 'folder', path: 'y' },
  });

test('pictures are met as the model was trained, unless the configuration says otherwise', () => {
  const own = { height: 8, width: 9, colour: 'rgb', fit: 'contain' };
  assert.deepEqual(picturedAs(configOf({}).data, MODEL).image, own);
  const other = { width: 12, fit: 'cover' };
  assert.deepEqual(picturedAs(configOf(other).data, MODEL).image, { ...own, ...other });
});

test('a data set knows how its pictures were met; of one of before the configuration does', () => {
  assert.equal(fitOf({ fit: 'contain' }, { fit: 'fill' }), 'contain');
  assert.equal(fitOf({}, { fit: 'fill' }), 'fill');
  assert.equal(fitOf({}, {}), 'cover');
});

test('the real images of a gap report are met as its data set', () => {
  const dataset = MODEL as unknown as DatasetRecord;
  assert.equal(realDataOf(configOf({}), dataset).image.fit, 'contain');
});
