import {
  Program,
  type ProgramOptions,
  softmaxCrossEntropy,
  type TensorFlow,
  tf,
} from '../../engine/index.js';
import { variablesOf } from '../../learning/models/variables.js';
import { FlatWeights, flatten } from '../../learning/training/flat-weights.js';
import { optimizerOf } from '../../learning/training/optimizer.js';
import { CLASSES, NETWORKS, type NetworkName } from './networks.js';

type Vector = TensorFlow.Tensor1D;

export interface Timed {
  /** Runs one step or one inference batch; resolves when the result is ready. */
  once(): Promise<void>;
  dispose(): void;
}

const RATE = 0.05;
const MOMENTUM = 0.9;

function randomBatch(side: number, batch: number) {
  const pixels = Uint8Array.from({ length: batch * side * side * 3 }, () => Math.floor(Math.random() * 256));
  const targets = new Float32Array(batch * CLASSES);
  for (let row = 0; row < batch; row++) targets[row * CLASSES + (row % CLASSES)] = 1;
  return { pixels, targets };
}

/** Our engine: fused operations and a flat optimizer, compiled or eager. */
export function ours(
  network: NetworkName,
  batch: number,
  task: 'train' | 'infer',
  options: ProgramOptions,
): Timed {
  const { side, build } = NETWORKS[network];
  const model = build(side, { fused: true });
  const trainable = new FlatWeights(variablesOf(model.trainableWeights));
  const statistics = variablesOf(model.nonTrainableWeights);
  const weights = tf.variable(trainable.read(), false);
  const velocity = tf.variable(tf.zeros([trainable.length]) as Vector, false);
  const optimizer = optimizerOf({
    kind: 'momentum',
    learningRate: RATE,
    momentum: MOMENTUM,
    nesterov: false,
  });
  const frozen = task === 'infer';
  const program = new Program([...trainable.variables, ...statistics, weights, velocity], {
    frozen,
    ...options,
  });
  const scaled = (pixels: TensorFlow.Tensor) => tf.div(pixels, 255);
  const step = program.compile(({ pixels, targets }) => {
    const { value: loss, grads } = tf.variableGrads(() => {
      const scores = model.apply(scaled(pixels!), { training: true }) as TensorFlow.Tensor2D;
      return tf.mean(softmaxCrossEntropy(scores, targets as TensorFlow.Tensor2D)) as TensorFlow.Scalar;
    }, [...trainable.variables]);
    const gradient = flatten(trainable.variables.map((variable) => grads[variable.name]!));
    const { change, slots } = optimizer.update(gradient, [velocity as Vector], tf.scalar(RATE));
    velocity.assign(slots[0]!);
    weights.assign(tf.add(weights, change) as Vector);
    trainable.write(weights as Vector);
    return { loss };
  });
  const scores = program.compile(({ pixels }) => ({
    scores: tf.softmax(model.apply(scaled(pixels!), { training: false }) as TensorFlow.Tensor2D),
  }));
  const { pixels, targets } = randomBatch(side, batch);
  const inputs = {
    pixels: { values: pixels, shape: [batch, side, side, 3] },
    ...(task === 'train' && { targets: { values: targets, shape: [batch, CLASSES] } }),
  };
  return {
    async once() {
      const outputs = await (task === 'train' ? step : scores).runAsync(inputs);
      for (const output of Object.values(outputs)) output.dataSync();
      tf.dispose(outputs);
    },
    dispose() {
      program.dispose();
      model.dispose();
      tf.dispose([weights, velocity]);
    },
  };
}

/** Stock tfjs as in its documentation: layers, compile, trainOnBatch, predict. */
export function stock(network: NetworkName, batch: number, task: 'train' | 'infer'): Timed {
  const { side, build } = NETWORKS[network];
  const logits = build(side, { fused: false });
  const output = tf.layers.softmax().apply(logits.outputs[0]!) as TensorFlow.SymbolicTensor;
  const model = tf.model({ inputs: logits.inputs, outputs: output });
  model.compile({ optimizer: tf.train.momentum(RATE, MOMENTUM), loss: 'categoricalCrossentropy' });
  const { pixels, targets } = randomBatch(side, batch);
  const x = tf.tensor4d(
    Float32Array.from(pixels, (level) => level / 255),
    [batch, side, side, 3],
  );
  const y = tf.tensor2d(targets, [batch, CLASSES]);
  return {
    async once() {
      if (task === 'train') await model.trainOnBatch(x, y);
      else tf.tidy(() => (model.predictOnBatch(x) as TensorFlow.Tensor).dataSync());
    },
    dispose() {
      model.dispose();
      tf.dispose([x, y]);
    },
  };
}
