import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asTrainingSpec, teacherTraining } from '../../../../domain/config/training.js';
import type { RetentionSpec } from '../../../../domain/objective-spec.js';
import { type TensorFlow, tf } from '../../../../engine/tensorflow.js';
import { Learner } from '../../../../learning/training/learner.js';
import { objectiveOf } from '../../../../learning/training/objectives/objective-of.js';

const IMAGE = { height: 2, width: 2, channels: 1 } as const;
const [CLASSES, OLD, STEPS] = [4, 2, 5];

const network = () =>
  tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [IMAGE.height, IMAGE.width, IMAGE.channels] }),
      tf.layers.dense({ units: 3, activation: 'relu', useBias: false }),
      tf.layers.dense({ name: 'head', units: CLASSES, biasInitializer: 'ones' }),
    ],
  });

/** Two images of the new classes. */
const batch = {
  groups: { labelled: 2, unlabelled: 0 },
  pixels: Uint8Array.from([10, 200, 30, 90, 250, 4, 70, 120]),
  targets: Float32Array.from([0, 0, 1, 0, 0, 0, 0, 1]),
};

/** The last layer by output: weights, then bias. */
function outputsOf(model: TensorFlow.LayersModel): number[][] {
  const [kernel, bias] = model.getLayer('head').getWeights();
  const columns = tf.tidy(() => tf.transpose(tf.concat([kernel!, tf.expandDims(bias!, 0)])));
  const values = columns.arraySync() as number[][];
  columns.dispose();
  return values;
}

for (const heads of ['separate', 'joint'] as const) {
  for (const kind of ['momentum', 'adam', 'rmsprop'] as const) {
    test(`held outputs keep their bits, also under weight decay; the others learn: ${heads}, ${kind}`, async () => {
      const training = asTrainingSpec(
        teacherTraining.parse({
          steps: STEPS,
          optimizer: { kind, learningRate: 0.1 },
          weightDecay: 0.1,
          gradientClip: 1,
        }),
      );
      const spec: RetentionSpec = {
        ...{ kind: 'retain', oldClasses: OLD, temperature: 2, weight: 0, views: 'same' },
        ...{ heads, oldOutputs: 'held' },
      };
      const model = network();
      const before = outputsOf(model);
      const objective = objectiveOf(training, spec);
      const learner = new Learner(model, IMAGE, training, { seed: 1, generation: 0 }, { objective });
      for (let step = 0; step < STEPS; step++) await learner.step(step, batch);
      await learner.save();
      const after = outputsOf(model);
      assert.deepEqual(after.slice(0, OLD), before.slice(0, OLD));
      for (const output of [2, 3]) {
        const moved = after[output]!.map((value, at) => Math.abs(value - before[output]![at]!));
        assert.ok(Math.max(...moved) > 0.01, `output ${output}: ${moved}`);
      }
      learner.dispose();
    });
  }
}
