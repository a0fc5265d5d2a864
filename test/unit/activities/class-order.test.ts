/** Two models with equal predictions, one with its classes in the data's order, the other in its own. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { ActivityContext } from '../../../activities/context.js';
import { predictWithTeachers } from '../../../activities/distill/predict-with-teachers.js';
import { measureGap } from '../../../activities/gap/measure-gap.js';
import { judge } from '../../../activities/judge.js';
import { chooseImages } from '../../../activities/label-next/choose-images.js';
import { measureReigning } from '../../../activities/measure-reigning.js';
import { openModel } from '../../../activities/open-model.js';
import { measureRobustness } from '../../../activities/robustness/measure-robustness.js';
import type { ArtifactStore } from '../../../domain/artifact-store.js';
import { distillConfig } from '../../../domain/methods/distill.js';
import { gapConfig } from '../../../domain/methods/gap.js';
import { labelNextConfig } from '../../../domain/methods/label-next.js';
import { robustnessConfig } from '../../../domain/methods/robustness.js';
import { type SelfTrainingConfig, selfTrainingConfig } from '../../../domain/methods/self-training.js';
import type { DatasetRecord, OpenedModel } from '../../../domain/records.js';
import { prepareDataset } from '../../../learning/datasets/prepare.js';
import { readFloats } from '../../../storage/floats.js';
import { runKeys } from '../../../storage/keys.js';
import { readChosen } from '../../../storage/label-choices.js';
import { writeModel } from '../../../storage/models.js';
import { openStore } from '../../../storage/open-store.js';
import { activityContext } from '../../support/activity-context.js';
import { brightnessModel, placeBrightness } from '../../support/brightness.js';

/** Not its own inverse, so that the wrong direction fails. */
const TURNED = ['dress', 'bag', 'coat'];

let folder: string;
let store: ArtifactStore;
let activity: ActivityContext;
let config: SelfTrainingConfig;
let dataset: DatasetRecord;
let sorted: OpenedModel;
let turned: OpenedModel;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apprentice-class-order-'));
  store = openStore(join(folder, 'store'));
  activity = activityContext(store);
  const labelled = await placeBrightness(join(folder, 'labelled'), { bag: 6, coat: 9, dress: 14 });
  const unlabelled = await placeBrightness(join(folder, 'unlabelled'), { bag: 4, coat: 8, dress: 2 }, 100);
  config = selfTrainingConfig.parse({
    name: 'levels',
    data: {
      labelled: { format: 'class-folders', path: labelled },
      unlabelled: { format: 'folder', path: unlabelled },
      labelsPerClass: 'all',
      validationPerClass: 3,
    },
  });
  const { signal } = activity;
  const prepare = { data: config.data, seed: 0, store, keys: runKeys('a'), signal };
  dataset = await prepareDataset({ ...prepare, onProgress: () => undefined });
  sorted = await opened('sorted', dataset.classes);
  turned = await opened('turned', TURNED);
});
after(() => rm(folder, { recursive: true, force: true }));

async function opened(name: string, classes: readonly string[]): Promise<OpenedModel> {
  const { image } = dataset;
  const model = await brightnessModel({ classes, image });
  await writeModel(store, name, model, {
    runId: name,
    generation: 0,
    classes,
    image,
    fit: 'cover',
    temperature: 1,
  });
  const reference = join(folder, 'store', name);
  return openModel({ runId: 'a', config, reference, name, field: 'model' }, activity);
}

const base = () => ({ name: 'levels', data: config.data });

test('robustness: each model is measured in its own order', async () => {
  const given = { ...base(), models: ['sorted', 'turned'], split: 'validation', severities: [3] };
  const of = async (model: OpenedModel, corruption?: 'contrast') =>
    measureRobustness(
      {
        runId: 'a',
        config: robustnessConfig.parse(given),
        dataset,
        model,
        ...(corruption && { corruption }),
      },
      activity,
    );
  for (const corruption of [undefined, 'contrast'] as const) {
    const [found] = await of(turned, corruption);
    const [expected] = await of(sorted, corruption);
    assert.equal(found!.accuracy, expected!.accuracy);
    assert.equal(found!.calibrationError.toFixed(5), expected!.calibrationError.toFixed(5));
    if (!corruption) assert.equal(found!.accuracy, 1);
  }
});

test('label-next: the same images are chosen, with the same names of their guessed classes', async () => {
  const input = { runId: 'a', config: labelNextConfig.parse({ ...base(), model: 'm', count: 6 }), dataset };
  const by = async (model: OpenedModel) => {
    const { byClass, chosenKey } = await chooseImages({ ...input, model }, activity);
    const chosen = await readChosen(store, chosenKey);
    return {
      counts: Object.fromEntries(model.classes!.map((name, index) => [name, byClass[index]])),
      images: chosen.map(({ path, guess, second, reason }) => ({
        path,
        reason,
        classes: [guess, second].map((number) => model.classes![number]),
      })),
    };
  };
  const found = await by(turned);
  assert.deepEqual(found, await by(sorted));
  for (const { path, classes } of found.images) assert.ok(path.includes(`/${classes[0]}/`), path);
});

test('gap: labels and guesses are of the same classes', async () => {
  const given = { ...base(), model: 'm', permutations: 19, shown: 5, sample: 20 };
  const by = async (model: OpenedModel) => {
    const { classes, leastCovered } = await measureGap(
      { runId: 'a', config: gapConfig.parse(given), dataset, model },
      activity,
    );
    const shares = model.classes!.map((name, index) => {
      const digits = (share: number) => share.toFixed(5);
      return [name, digits(classes.labelled[index]!), digits(classes.predicted[index]!)] as const;
    });
    return {
      shares: shares.sort(([one], [other]) => (one < other ? -1 : 1)),
      distance: classes.totalVariation.toFixed(5),
      guesses: leastCovered.map(({ path, guess }) => [path, model.classes![guess]]),
    };
  };
  const found = await by(turned);
  assert.deepEqual(found, await by(sorted));
  const part = (images: number, of: number) => (images / of).toFixed(5);
  assert.deepEqual(found.shares, [
    ['bag', part(3, 20), part(4, 14)],
    ['coat', part(6, 20), part(8, 14)],
    ['dress', part(11, 20), part(2, 14)],
  ]);
});

test('distill: the predictions of teachers are in the data’s order of classes, alone or together', async () => {
  const given = { ...base(), teachers: ['m'], views: 'recorded', alpha: 0.5, learnFrom: 'both' };
  const input = { config: distillConfig.parse(given), dataset };
  const by = async (runId: string, ...teachers: OpenedModel[]) => {
    const { validation, responses, predictionKeys } = await predictWithTeachers(
      { ...input, runId, teachers },
      activity,
    );
    const { labelled, unlabelled, validation: measured } = dataset.counts;
    const floats = (key: string | undefined, images: number) => readFloats(store, key!, 3 * images);
    return {
      accuracy: validation.accuracy,
      predictions: [
        ...(await floats(responses?.labelled?.key, labelled)),
        ...(await floats(responses?.unlabelled?.key, unlabelled)),
        ...(await floats(predictionKeys.validation, measured)),
      ],
    };
  };
  const expected = await by('sorted', sorted);
  assert.equal(expected.accuracy, 1);
  for (const [name, teachers] of [
    ['turned', [turned]],
    ['both', [sorted, turned]],
    ['turned-first', [turned, sorted]],
  ] as const) {
    const { accuracy, predictions } = await by(name, ...teachers);
    assert.equal(accuracy, 1, name);
    for (const [index, value] of predictions.entries()) {
      assert.ok(Math.abs(value - expected.predictions[index]!) < 1e-6, `${name}: ${index}`);
    }
  }
});

test('the predictions of a reigning champion of another class order are compared class by class', async () => {
  const measured = async (runId: string, { modelKey, classes }: OpenedModel) => {
    const reigning = { modelKey, version: 1, classes: classes! };
    const { validation, validationPredictionsKey } = await measureReigning(
      { runId, dataset, reigning },
      activity,
    );
    return { validation, validationPredictionsKey };
  };
  const [champion, challenger] = [await measured('champion', turned), await measured('challenger', sorted)];
  assert.equal(champion.validation.accuracy, 1);
  assert.equal(champion.validation.loss.toFixed(5), challenger.validation.loss.toFixed(5));
  const verdict = await judge({ runId: 'a', config, dataset, champion, challenger }, activity);
  assert.deepEqual([verdict.championAccuracy, verdict.challengerAccuracy, verdict.passes], [1, 1, false]);
  const [one, other] = await Promise.all(
    [champion, challenger].map(({ validationPredictionsKey }) =>
      readFloats(store, validationPredictionsKey, 3 * dataset.counts.validation),
    ),
  );
  assert.ok(one!.every((value, index) => Math.abs(value - other![index]!) < 1e-6));
});

test('a model of other classes is refused, by its field', async () => {
  const model = { ...sorted, classes: ['bag', 'coat', 'shirt'] };
  const input = { runId: 'a', config: labelNextConfig.parse({ ...base(), model: 'm', count: 6 }), dataset };
  await assert.rejects(
    chooseImages({ ...input, model }, activity),
    /model: received .* with the classes bag, coat, shirt, expected those of the data, bag, coat, dress: transfer the model to these classes, or correct data.labelled/,
  );
});
