import assert from 'node:assert/strict';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { prepareDatasetOfRun } from '../../../activities/prepare-dataset.js';
import { searchConfig } from '../../../domain/methods/search.js';
import { selfTrainingConfig } from '../../../domain/methods/self-training.js';
import type { ConfigInputOf } from '../../../domain/methods.js';
import { tf } from '../../../engine/tensorflow.js';
import { allowModulesIn } from '../../../learning/models/allowed-modules.js';
import { openStore } from '../../../storage/open-store.js';
import { activityContext } from '../../support/activity-context.js';
import { place, placeClasses, temporaryFolder } from '../../support/picture-files.js';

/** Two classes of six pictures: two to learn, one to choose by. */
async function scene(context: TestContext) {
  const folder = await temporaryFolder(context);
  const path = await placeClasses(join(folder, 'pictures'), { bag: 6, boot: 6 });
  const labelled = { format: 'class-folders', path } as const;
  const data = { labelled, labelsPerClass: 2, validationPerClass: 1 };
  const activity = activityContext(openStore(join(folder, 'store')));
  let runs = 0;
  const prepare = (
    config: ReturnType<typeof selfTrainingConfig.parse> | ReturnType<typeof searchConfig.parse>,
  ) => prepareDatasetOfRun({ runId: `run-${runs++}`, config }, activity);
  const run = (change: Partial<ConfigInputOf<'self-training'>> = {}) =>
    prepare(selfTrainingConfig.parse({ name: 'clothes', data, ...change }));
  return { folder, labelled, data, prepare, run };
}

const NARROW = { kind: 'residual', width: 4, stages: 1 } as const;
const WIDE = { ...NARROW, width: 8 } as const;

test('students without unlabelled images are refused before any training; a teacher alone needs none', async (context) => {
  const { folder, labelled, data, run } = await scene(context);
  const refused = {
    name: 'DataError',
    message:
      /^data\.unlabelled: received no images, expected .*: give data\.unlabelled, .* or set generations to 0$/,
  };
  const all = { labelled, validationPerClass: 1 };
  await assert.rejects(run({ data: all }), refused);
  const copies = join(folder, 'copies');
  await cp(labelled.path, copies, { recursive: true });
  await assert.rejects(run({ data: { ...all, unlabelled: { format: 'folder', path: copies } } }), refused);
  assert.equal((await run({ data: all, generations: 0 })).counts.unlabelled, 0);
  assert.equal((await run({ data })).counts.unlabelled, 6);
});

test('the networks of all generations are built, those that do not fit refused by their fields', async (context) => {
  const { folder, run } = await scene(context);
  allowModulesIn([folder]);
  const path = await place(join(folder, 'none.mjs'), 'export function build() {}');
  const refused = (models: NonNullable<ConfigInputOf<'self-training'>['models']>, message: RegExp) =>
    assert.rejects(run({ models, generations: 1 }), { name: 'ModelError', message });
  const module = { kind: 'module', path } as const;
  await refused([NARROW, module], /^models\[1\]\.path: .*none\.mjs gives no network: build returned nothing/);
  const saved = { kind: 'saved', path: join(folder, 'nowhere') } as const;
  await refused([NARROW, saved], /^models\[1\]\.path: .*nowhere does not load/);
  await refused([WIDE, NARROW], /^models\[1\]: student 1 has [\d,]+ parameters, expected at least the/);
  const before = tf.memory().numTensors;
  await run({ models: [NARROW, WIDE], generations: 1 });
  // Of no use without a second student.
  await run({ models: [NARROW, WIDE, module], generations: 1 });
  assert.equal(tf.memory().numTensors, before);
});

test('the network of a search is built before its trials', async (context) => {
  const { folder, data, prepare } = await scene(context);
  const model = { kind: 'saved', path: join(folder, 'nowhere') };
  const config = searchConfig.parse({ name: 'policy', data, model, training: { steps: 100 } });
  await assert.rejects(prepare(config), /^ModelError: model\.path: .*nowhere does not load/);
});
