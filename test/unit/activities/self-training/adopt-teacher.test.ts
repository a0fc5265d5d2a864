import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openModel } from '../../../../activities/open-model.js';
import { prepareDatasetOfRun } from '../../../../activities/prepare-dataset.js';
import { adoptTeacher } from '../../../../activities/self-training/adopt-teacher.js';
import { pseudoLabelShard } from '../../../../activities/self-training/pseudo-label-shard.js';
import { withModelImageSettings } from '../../../../domain/config/image-settings.js';
import { selfTrainingConfig } from '../../../../domain/methods/self-training.js';
import type { ConfigInputOf } from '../../../../domain/methods.js';
import { openLabels } from '../../../../learning/datasets/open-labels.js';
import { residualNetwork } from '../../../../learning/models/residual.js';
import { storeModel } from '../../../../learning/models/serialisation.js';
import { readFloats } from '../../../../storage/floats.js';
import { readModel, readModelCard, writeModel } from '../../../../storage/models.js';
import { openStore } from '../../../../storage/open-store.js';
import { activityContext } from '../../../support/activity-context.js';
import { placeClasses, temporaryFolder } from '../../../support/picture-files.js';
import { promoted } from '../../../support/promoted.js';

const SHAPE = { height: 10, width: 12, channels: 1 } as const;
const WIDE = { kind: 'residual', width: 8, blocksPerStage: 1, stages: 1, stem: 'auto' } as const;

/** A line whose champion takes 12 x 10 pictures, and pictures of 8 x 8. */
async function scene(context: TestContext, classes = ['bag', 'boot']) {
  const folder = await temporaryFolder(context);
  const path = await placeClasses(join(folder, 'pictures'), { bag: 6, boot: 6 });
  const data = {
    labelled: { format: 'class-folders', path },
    labelsPerClass: 2,
    validationPerClass: 1,
  } as const;
  const store = openStore(join(folder, 'store'));
  const activity = activityContext(store);
  const needs = { image: SHAPE, classes: classes.length, dropout: 0, stochasticDepth: 0, seed: 1 };
  const network = residualNetwork(WIDE, needs);
  const stored = await storeModel(network);
  network.dispose();
  const enter = async (runId: string) => {
    const card = { runId, generation: 0, classes, image: SHAPE };
    const modelKey = `runs/${runId}/generation-0/model`;
    await writeModel(store, modelKey, stored, { ...card, fit: 'contain', temperature: 3 });
    const version = { ...card, line: 'shoes', modelKey, validationAccuracy: 0.5 };
    await promoted(store, { ...version, parameters: 1, datasetHash: 'h' }, { by: 'gate', reason: 'r' });
    return modelKey;
  };
  const key = await enter('earlier');
  const configOf = (change: Partial<ConfigInputOf<'self-training'>> = {}) =>
    selfTrainingConfig.parse({ name: 'more', data, teacher: { from: 'shoes' }, models: [WIDE], ...change });
  const open = () =>
    openModel(
      {
        ...{ runId: 'a', config: configOf(), reference: 'shoes' },
        ...{ name: 'generation-0', field: 'teacher.from' },
      },
      activity,
    );
  const prepare = async (change: Partial<ConfigInputOf<'self-training'>> = {}) => {
    const config = configOf(change);
    const teacher = await open();
    const pictured = { ...config, data: withModelImageSettings(config.data, teacher) };
    return prepareDatasetOfRun({ runId: 'a', config: pictured, teacher }, activity);
  };
  return { store, activity, stored, key, enter, open, prepare, config: configOf() };
}

test('an existing model becomes generation 0 unchanged, on pictures of its shape and fit', async (context) => {
  const { store, activity, stored, open, prepare, config } = await scene(context);
  const dataset = await prepare();
  assert.deepEqual([dataset.image, dataset.fit], [SHAPE, 'contain']);
  const from = await open();
  const model = await adoptTeacher({ runId: 'a', dataset, from }, activity);
  assert.match(model.modelKey, /^runs\/a\/generation-0\/model-[0-9a-f]{16}$/);
  assert.deepEqual((await readModel(store, model.modelKey)).weights, stored.weights);
  assert.deepEqual([model.weightsHash, model.parameters], [from.weightsHash, from.parameters]);
  assert.deepEqual([model.steps, model.trainingSeconds, model.validation.images], [0, 0, 2]);
  assert.equal((await readFloats(store, model.validationPredictionsKey, 4)).length, 4);
  const card = await readModelCard(store, model.modelKey);
  assert.deepEqual([card.runId, card.classes, card.fit], ['a', ['bag', 'boot'], 'contain']);
  assert.deepEqual(
    [card.temperature, model.temperature],
    [3, 3],
    'two images determine no temperature: it keeps its own',
  );
  await store.remove(`${model.modelKey}/model.json`);
  const again = await adoptTeacher({ runId: 'a', dataset, from }, activity);
  assert.deepEqual(again, model, 'again after its process died half-way');
  const labelling = { runId: 'a', config, dataset, generation: 1, teacher: model, first: 0, images: 6 };
  assert.equal((await pseudoLabelShard(labelling, activity)).images, 6);
});

test('a run numbers its classes as its teacher does', async (context) => {
  const sorted = await (await scene(context)).prepare();
  const { store, activity, open, prepare } = await scene(context, ['boot', 'bag']);
  const dataset = await prepare();
  assert.deepEqual(
    [sorted.classes, dataset.classes],
    [
      ['bag', 'boot'],
      ['boot', 'bag'],
    ],
  );
  assert.deepEqual(dataset.classNumbers, [1, 0]);
  const labels = [...(await openLabels(dataset, store)).validation];
  assert.deepEqual(labels.toSorted(), [0, 1]);
  const from = await open();
  const model = await adoptTeacher({ runId: 'a', dataset, from }, activity);
  assert.deepEqual((await readModelCard(store, model.modelKey)).classes, ['boot', 'bag']);
});

test('within a run the name of a teacher stands for the same model, even if the run is started again', async (context) => {
  const { open, enter, key } = await scene(context);
  assert.equal((await open()).modelKey, key);
  await enter('later');
  const again = await open();
  assert.deepEqual([again.modelKey, again.name], [key, 'shoes@1']);
});

test('networks and classes that do not suit the teacher are refused when the data set is prepared', async (context) => {
  const { prepare } = await scene(context);
  const narrow = { ...WIDE, width: 4 } as const;
  await assert.rejects(prepare({ models: [narrow] }), {
    name: 'ModelError',
    message: /^models\[0\]: student 1 has .*, expected at least the .* before it \(teacher\.from\)/,
  });
  assert.ok(await prepare({ models: [narrow, WIDE] }), 'the first is not used');
  const others = await scene(context, ['bag', 'hat']);
  await assert.rejects(
    others.prepare(),
    /^ModelError: teacher\.from: received shoes \(shoes@1\) with the classes bag, hat/,
  );
});
