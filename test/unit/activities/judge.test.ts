import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Contestant, judge } from '../../../activities/judge.js';
import { CorruptArtifactError } from '../../../domain/errors.js';
import { appendNewClasses } from '../../../domain/extended-classes.js';
import type { TrainedModel } from '../../../domain/records.js';
import { openLabels } from '../../../learning/datasets/open-labels.js';
import { writeFloats } from '../../../storage/floats.js';
import { activityContext } from '../../support/activity-context.js';
import { twoClasses } from '../../support/two-classes.js';

const { store, config, dataset } = await twoClasses();
const activity = activityContext(store);

test('the verdict compares the stored predictions', async () => {
  const { validation } = await openLabels(dataset, store);
  const right = [...validation].flatMap((label) => (label === 0 ? [0.9, 0.1] : [0.1, 0.9]));
  const model = async (name: string, generation: number, probabilities: number[]): Promise<TrainedModel> => {
    const { key } = await writeFloats(store, name, Float32Array.from(probabilities));
    const known = {
      modelKey: 'm',
      generation,
      parameters: 1,
      weightsHash: 'h',
      validationPredictionsKey: key,
    };
    return known as unknown as TrainedModel;
  };
  const champion = await model(
    'champion',
    0,
    right.map((probability) => 1 - probability),
  );
  const challenger = await model('challenger', 1, right);
  const verdict = await judge({ runId: 'a', config, dataset, champion, challenger }, activity);
  assert.deepEqual([verdict.passes, verdict.championAccuracy, verdict.challengerAccuracy], [true, 0, 1]);
  const cut = await model('cut', 1, right.slice(2));
  await assert.rejects(
    judge({ runId: 'a', config, dataset, champion, challenger: cut }, activity),
    CorruptArtifactError,
  );
});

/** Writes a model's predicted classes of the validation images, among bag, シャツ and two more. */
async function predicts(name: string, predicted: readonly number[]): Promise<Contestant> {
  const rows = predicted.flatMap((own) => [0, 1, 2, 3].map((label) => (label === own ? 0.7 : 0.1)));
  const { key } = await writeFloats(store, `predictions/${name}`, Float32Array.from(rows));
  return { validationPredictionsKey: key };
}

test('a model of more classes is compared on the images of both tasks, if both have images', async () => {
  const extended = appendNewClasses(dataset, ['boot', 'coat']);
  const old = { ...dataset, classes: extended.classes, classNumbers: [0, 1] };
  const { validation: labels } = await openLabels(extended, store);
  assert.deepEqual([...labels].sort(), [2, 2, 3, 3]);
  const oldLabels = [...labels].map((label) => label - 2);

  const input = {
    ...{ runId: 'a', config, dataset: extended, secondDataset: old },
    champion: await predicts('remembers', [...labels.subarray(0, 3), 0, ...oldLabels]),
    challenger: await predicts('forgets', [...labels, ...labels]),
  };
  const both = await judge(input, activity);
  assert.deepEqual([both.images, both.passes], [8, false]);
  assert.deepEqual([both.championAccuracy, both.challengerAccuracy], [7 / 8, 4 / 8]);
});

test('where old classes have no images, a model that forgets them gains nothing', async () => {
  const extended = appendNewClasses(dataset, ['boot', 'coat']);
  const { validation: labels } = await openLabels(extended, store);
  const rows = [...labels].flatMap((label) => [0.6, 0, ...(label === 2 ? [0.3, 0.1] : [0.1, 0.3])]);
  const { key } = await writeFloats(store, 'predictions/prefers-old-classes', Float32Array.from(rows));
  const input = {
    ...{ runId: 'a', config, dataset: extended },
    unseenClasses: 2,
    champion: { validationPredictionsKey: key },
    challenger: await predicts('forgets-all', [...labels]),
  };
  const verdict = await judge(input, activity);
  assert.deepEqual([verdict.passes, verdict.championAccuracy, verdict.challengerAccuracy], [false, 1, 1]);
  assert.match(verdict.reason, /among the 2 new classes only: the old ones were not measured/);
});
