import assert from 'node:assert/strict';
import { test } from 'node:test';
import { studentTraining } from '../../../../domain/config/training.js';
import { keyedRandom } from '../../../../domain/random.js';
import { tf } from '../../../../engine/tensorflow.js';
import type { ImageSet } from '../../../../learning/datasets/image-set.js';
import { fitTemperature } from '../../../../learning/evaluation/temperature.js';
import { newClassesOnly } from '../../../../learning/extension/new-classes-only.js';
import type { BatchSource } from '../../../../learning/training/batches/batch.js';
import type { Learner } from '../../../../learning/training/learner.js';
import type { TrainingHooks, TrainingJob } from '../../../../learning/training/training-job.js';
import { TrainingLoop } from '../../../../learning/training/training-loop.js';

const IMAGES = 200;
const CLASSES = 4;
const OLD = 2;
const STEPS = 5;

const random = keyedRandom(3, 'predictions');
const labels = Int32Array.from({ length: IMAGES }, () => OLD + random.integer(CLASSES - OLD));
/** Random logits of the old outputs; of the new ones, eight of ten predictions are right, and underconfident. */
const predictions = Float32Array.from(
  [...labels].flatMap((label) => {
    const old = 0.9 * random.uniform();
    const isRight = random.uniform() < 0.8;
    const [right, wrong] = [0.55 * (1 - old), 0.45 * (1 - old)];
    return [old, 0, ...((label === OLD) === isRight ? [right, wrong] : [wrong, right])];
  }),
);

const validation: ImageSet = {
  shape: { height: 1, width: 1, channels: 1 },
  count: IMAGES,
  copy: () => undefined,
  label: (position) => labels[position]!,
};

/** Returns the outcome of a training at its last step, whose network gives these predictions. */
async function outcome(heads: 'separate' | 'joint') {
  const network = tf.sequential({ layers: [tf.layers.dense({ units: CLASSES, inputShape: [1] })] });
  let first = 0;
  const learner = {
    model: network,
    parameters: 1,
    variables: [],
    load: () => undefined,
    restoreBest: () => undefined,
    probabilities: async (_: Uint8Array, size: number) => {
      const batch = predictions.slice(first * CLASSES, (first + size) * CLASSES);
      first += size;
      return batch;
    },
  } as unknown as Learner;
  const training = studentTraining.parse({ steps: STEPS });
  const objective = {
    kind: 'retain',
    oldClasses: OLD,
    temperature: 2,
    heads,
    views: 'same',
    weight: 1,
  } as const;
  const images = { labelled: validation, unlabelled: validation, validation };
  const job: TrainingJob = { images, classes: CLASSES, training, objective, seed: 0, generation: 0 };
  const notes = {
    bestStep: STEPS,
    bestAccuracy: 0,
    seconds: 1,
    waitedSeconds: 0,
    lossSum: 0,
    lossCount: 0,
    series: [],
  };
  const hooks: TrainingHooks = {
    onProgress: () => undefined,
    loadState: async () => ({ step: STEPS, tensors: [], notes }),
    saveState: async () => undefined,
    signal: new AbortController().signal,
  };
  const found = await new TrainingLoop(job, hooks, learner, {} as BatchSource).run();
  network.dispose();
  return found;
}

test('with separate heads, evaluation and temperature are of the new classes alone', async () => {
  const separate = await outcome('separate');
  const own = newClassesOnly(predictions, CLASSES, OLD);
  assert(Math.abs(separate.temperature - fitTemperature(own, labels, CLASSES)) < 1e-9);
  assert(separate.temperature < 0.5, 'underconfident');
  assert(Math.abs(separate.validation.accuracy - 0.8) < 0.1, `${separate.validation.accuracy}`);
  assert.deepEqual(separate.validationPredictions, predictions);

  const joint = await outcome('joint');
  assert(joint.validation.accuracy < 0.6, `${joint.validation.accuracy}`);
  assert(joint.temperature > 0.5, `${joint.temperature}`);
});
