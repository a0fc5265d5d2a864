import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prepareExtension } from '../../../activities/extend/prepare-extension.js';
import { prepareReal } from '../../../activities/gap/prepare-real.js';
import { extendConfig } from '../../../domain/methods/extend.js';
import { gapConfig } from '../../../domain/methods/gap.js';
import type { DatasetRecord, OpenedModel } from '../../../domain/records.js';
import { modelKeys } from '../../../storage/keys.js';
import { writeModel } from '../../../storage/models.js';
import { openStore } from '../../../storage/open-store.js';
import { activityContext } from '../../support/activity-context.js';
import { placeClasses, temporaryFolder } from '../../support/picture-files.js';

test('errors name real for the images of gap, and old for those of extend', async (context) => {
  const folder = await temporaryFolder(context);
  const labelled = {
    format: 'class-folders' as const,
    path: await placeClasses(`${folder}/data`, { bag: 2, hat: 2 }),
  };
  const dataset = {
    classes: ['bag', 'hat'],
    image: { height: 8, width: 8, channels: 1 },
  } as unknown as DatasetRecord;
  const modelKey = modelKeys('a', 'old').model;
  const store = openStore(`${folder}/store`);
  const image = { height: 8, width: 8, channels: 1 } as const;
  const stored = { topology: {}, weightSpecs: [], weights: new Uint8Array([1]) };
  await writeModel(store, modelKey, stored, {
    ...{ runId: 'a', generation: 0, classes: ['coat'], image, fit: 'cover', temperature: 1 },
  });
  const model = { reference: 'clothes', modelKey, outputs: 2, image } as unknown as OpenedModel;
  const activity = activityContext(store);
  const missing = `${folder}/nothing`;

  const gap = gapConfig.parse({
    ...{ name: 'gap', model: 'clothes', data: { labelled, validationPerClass: 1 } },
    real: { format: 'folder', path: missing },
  });
  await assert.rejects(
    prepareReal({ runId: 'a', config: gap, dataset, model }, activity),
    /^DataError: real\.path/,
  );

  const { counts } = await prepareReal(
    {
      ...{ runId: 'a', dataset, model },
      config: {
        ...gap,
        real: {
          format: 'class-folders',
          path: await placeClasses(`${folder}/real`, { field: 2, shop: 1 }, 9),
        },
      },
    },
    activity,
  );
  assert.equal(counts.unlabelled, 3, 'real images may be of any class');

  const empty = await temporaryFolder(context);
  await assert.rejects(
    prepareReal(
      { runId: 'a', config: { ...gap, real: { format: 'folder', path: empty } }, dataset, model },
      activity,
    ),
    /^DataError: real\.path: .*found no pictures in it/,
  );

  const extend = extendConfig.parse({
    ...{ name: 'more', from: 'clothes', data: { labelled } },
    old: { labelled: { format: 'class-folders', path: missing } },
  });
  await assert.rejects(
    prepareExtension({ runId: 'a', config: extend, dataset, from: model }, activity),
    /^DataError: old\.labelled\.path/,
  );
  const few = { ...extend, old: { ...extend.old!, labelled, validationPerClass: 2 } };
  await assert.rejects(
    prepareExtension({ runId: 'a', config: few, dataset, from: model }, activity),
    /^DataError: old\.labelled: class "bag" has 2, .*lower old\.validationPerClass, or leave the class out$/,
  );
  const unknown = {
    ...extend,
    old: {
      ...extend.old!,
      ...{ labelled, validationPerClass: 1 },
      test: {
        format: 'class-folders' as const,
        path: await placeClasses(`${folder}/data.test`, { cap: 1 }, 20),
      },
    },
  };
  await assert.rejects(
    prepareExtension({ runId: 'a', config: unknown, dataset, from: model }, activity),
    /^DataError: old\.test: class "cap" is unknown in old\.labelled, which has "bag", "hat"/,
  );
  const separate = { ...model, name: 'clothes@1', classes: ['coat', 'hat'], taskBoundary: 1 };
  await assert.rejects(
    prepareExtension(
      { runId: 'a', config: { ...extend, heads: 'joint' }, dataset, from: separate },
      activity,
    ),
    /^ModelError: heads: received joint for clothes@1, whose classes coat never learnt to compete with hat,/,
  );
  const larger = { ...model, image: { ...image, width: 9 } };
  await assert.rejects(
    prepareExtension({ runId: 'a', config: extend, dataset, from: larger }, activity),
    /^ModelError: from: received clothes.*, which takes 9 x 8 pictures/,
  );
});
