import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ModelSpec } from '../../../domain/config/model.js';
import { studentTraining } from '../../../domain/config/training.js';
import { keyedRandom } from '../../../domain/random.js';
import type { Batch } from '../../../learning/training/batches/batch.js';

// oneDNN replaces softmax and max pooling in graphs, and not in eager execution: a last bit may differ.
process.env['TF_ENABLE_ONEDNN_OPTS'] = '0';
const { residualNetwork } = await import('../../../learning/models/residual.js');
const { Learner } = await import('../../../learning/training/learner.js');

type ResidualSpec = Extract<ModelSpec, { kind: 'residual' }>;

const IMAGE = { height: 16, width: 16, channels: 3 } as const;
const CLASSES = 4;
const SIZE = 8;
const STEPS = 100;

const LADDER: Record<string, Omit<ResidualSpec, 'kind'>> = {
  'three stages': { width: 4, blocksPerStage: 1, stages: 3, stem: 'full' },
  'two blocks a stage, half resolution': { width: 4, blocksPerStage: 2, stages: 2, stem: 'half' },
  'quarter resolution, pooled': { width: 8, blocksPerStage: 1, stages: 2, stem: 'quarter' },
};
const OPTIMIZERS = [
  { kind: 'momentum', nesterov: true },
  { kind: 'momentum', nesterov: false },
  { kind: 'adam' },
  { kind: 'rmsprop' },
];

function batchOf(step: number): Batch {
  const random = keyedRandom(5, 'batch', step);
  const pixels = Uint8Array.from({ length: SIZE * 16 * 16 * 3 }, () => random.integer(256));
  const targets = new Float32Array(SIZE * CLASSES);
  for (let row = 0; row < SIZE; row++) targets[row * CLASSES + random.integer(CLASSES)] = 1;
  return { size: SIZE, pixels, targets };
}

/** With everything on: dropout, stochastic depth, averages, weight decay, clipping. */
async function train(spec: Omit<ResidualSpec, 'kind'>, optimizer: object, eager: boolean) {
  const needs = { image: IMAGE, classes: CLASSES, dropout: 0.3, stochasticDepth: 0.3, seed: 1 };
  const training = studentTraining.parse({
    optimizer: { ...optimizer, learningRate: 0.01 },
    weightDecay: 1e-3,
    gradientClip: 1,
    steps: STEPS,
    eager,
  });
  const network = residualNetwork({ kind: 'residual', ...spec }, needs);
  const learner = new Learner(network, IMAGE, training, { seed: 1, generation: 1 }, { deterministic: true });
  const losses: number[] = [];
  for (let step = 0; step < STEPS; step++) losses.push(await learner.step(step, batchOf(step), SIZE));
  const state = await learner.save();
  learner.dispose();
  return { losses, state };
}

for (const [name, spec] of Object.entries(LADDER)) {
  for (const optimizer of OPTIMIZERS) {
    test(`${name}, ${JSON.stringify(optimizer)}: ${STEPS} compiled steps are the eager ones, to the bit`, async () => {
      const eager = await train(spec, optimizer, true);
      const compiled = await train(spec, optimizer, false);
      assert.deepEqual(compiled.losses, eager.losses);
      compiled.state.forEach(({ name: tensor, bytes }, place) => {
        assert.equal(Buffer.compare(bytes, eager.state[place]!.bytes), 0, tensor);
      });
    });
  }
}
