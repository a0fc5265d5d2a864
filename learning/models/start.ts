import { ModelError } from '../../domain/errors.js';
import { keyedRandom } from '../../domain/random.js';
import type { ImageShape } from '../../domain/records.js';
import type { StoredModel } from '../../domain/stored-model.js';
import type { HeadPlan } from '../../domain/training-plan.js';
import { type TensorFlow, tf } from '../../engine/tensorflow.js';
import { dropoutBefore, type Head, headOf, isStochasticDepth } from './head.js';
import { KeyedDropout } from './layers/keyed-dropout.js';
import { assertFits } from './network.js';
import { restoreModel, storeModel } from './serialisation.js';
import { takesImages } from './takes-images.js';

type Tensor = TensorFlow.Tensor;
type Symbolic = TensorFlow.SymbolicTensor;

export interface StartNeeds {
  readonly head: HeadPlan;
  readonly classes: number;
  readonly image: ImageShape;
  /** Dropout rate before the last layer; the model's own by default. */
  readonly dropout?: number;
  /** Drop rate of the last residual block; earlier blocks have linearly less. The model's own by default. */
  readonly stochasticDepth?: number;
  /** Keys the new weights. */
  readonly seed: number;
}

/** Weights of a dense layer: kernel [width, classes], bias [classes]. */
export interface HeadWeights {
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

/**
 * Returns a network that starts from a trained model. The caller disposes it.
 * @throws ModelError when the model takes other images, its classes do not fit the wanted head, or it does not end in a
 *   dense layer
 */
export async function startFrom(model: StoredModel, needs: StartNeeds): Promise<TensorFlow.LayersModel> {
  const { head: headPlan, classes, image, dropout, stochasticDepth } = needs;
  const network = await restoreModel(model);
  try {
    expectImages(network, image);
    const head = headOf(network);
    expectClasses(head.units, headPlan, classes);
    if (stochasticDepth !== undefined) setStochasticDepth(network, stochasticDepth);
    const rate = dropout ?? rateBefore(head);
    const isUnchanged = headPlan === 'kept' && rate === rateBefore(head);
    const started = isUnchanged ? await storeModel(network) : await withHead(network, head, needs, rate);
    const result = await restoreModel(started);
    assertFits(result, { image, classes });
    return result;
  } finally {
    network.dispose();
  }
}

/**
 * Returns the model with a new last layer of these weights.
 * @throws ModelError as {@link startFrom}
 */
export async function withHeadWeights(
  model: StoredModel,
  needs: Pick<StartNeeds, 'classes' | 'image'>,
  { kernel, bias }: HeadWeights,
): Promise<StoredModel> {
  const network = await startFrom(model, { ...needs, head: 'new', dropout: 0, seed: 0 });
  try {
    const { layer } = headOf(network);
    const width = kernel.length / needs.classes;
    const values = [tf.tensor2d(kernel, [width, needs.classes]), tf.tensor1d(bias)];
    layer.setWeights(values);
    tf.dispose(values);
    return await storeModel(network);
  } finally {
    network.dispose();
  }
}

/** Returns the network with a new end: dropout, a dense layer of the wanted kind, and softmax. */
async function withHead(
  network: TensorFlow.LayersModel,
  head: Head,
  { head: headPlan, classes, seed }: StartNeeds,
  rate: number,
): Promise<StoredModel> {
  const dropout = dropoutBefore(head.input);
  let x = dropout ? (dropout.input as Symbolic) : head.input;
  const made: TensorFlow.layers.Layer[] = [];
  const add = (layer: TensorFlow.layers.Layer) => {
    x = layer.apply(x) as Symbolic;
    made.push(layer);
    return layer;
  };
  const taken = new Set(network.layers.map(({ name }) => name));
  for (const { name } of [head.layer, ...(dropout ? [dropout] : []), ...network.layers.slice(-1)])
    taken.delete(name);
  const named = (name: string) => (taken.has(name) ? `${head.layer.name}-${name}` : name);
  try {
    if (rate > 0) add(new KeyedDropout({ name: named('head-dropout'), rate }));
    // A new head always has a bias, which learns how frequent the classes are.
    const useBias = headPlan === 'new' || head.useBias;
    const kernelInitializer = tf.initializers.glorotUniform({
      seed: keyedRandom(seed, 'initial weights', 'logits').integer(2 ** 31),
    });
    const fresh = add(tf.layers.dense({ name: named('logits'), units: classes, useBias, kernelInitializer }));
    add(tf.layers.softmax({ name: named('probabilities') }));
    if (headPlan !== 'new')
      tf.tidy(() => fresh.setWeights(extended(head.layer.getWeights(), fresh.getWeights())));
    return await storeModel(tf.model({ inputs: network.inputs, outputs: x }));
  } finally {
    // The layers before the head belong to the network, which its owner disposes.
    for (const layer of made) layer.dispose();
  }
}

/** Returns the old weights, extended by the further columns of the fresh ones. */
function extended(old: readonly Tensor[], fresh: readonly Tensor[]): Tensor[] {
  return fresh.map((tensor, place) => {
    const before = old[place]!;
    const axis = tensor.rank - 1;
    const from = tensor.shape.map((_, at) => (at === axis ? before.shape[at]! : 0));
    const size = tensor.shape.map((side, at) => (at === axis ? side - before.shape[at]! : side));
    return size[axis] === 0 ? before : tf.concat([before, tf.slice(tensor, from, size)], axis);
  });
}

function rateBefore({ input }: Head): number {
  const layer = dropoutBefore(input);
  return layer ? (layer.getConfig() as unknown as { rate: number }).rate : 0;
}

/** Sets rates that rise linearly with the block, as in residual.ts. */
function setStochasticDepth(network: TensorFlow.LayersModel, wanted: number): void {
  const layers = network.layers.filter(isStochasticDepth) as unknown as Array<{ rate: number }>;
  if (layers.length === 0 && wanted > 0) {
    throw new ModelError(
      `training.stochasticDepth: received ${wanted}, expected 0: the model to start from has no stochastic depth, which can't be added to it`,
    );
  }
  layers.forEach((layer, block) => {
    layer.rate = (wanted * (block + 1)) / layers.length;
  });
}

const inWords = (sides: ReadonlyArray<number | null>) => sides.map((side) => side ?? 'any').join(' x ');

function expectImages(network: TensorFlow.LayersModel, image: ImageShape): void {
  const received = [image.height, image.width, image.channels];
  const expected = network.inputs[0]!.shape.slice(1);
  if (takesImages(expected, image)) return;
  throw new ModelError(
    `data.image: received images of ${inWords(received)} (height, width, channels), expected ${inWords(expected)}, as the model to start from takes: set data.image to its size and colour`,
  );
}

function expectClasses(units: number, headPlan: HeadPlan, classes: number): void {
  if (headPlan === 'new' || (headPlan === 'kept' ? classes === units : classes >= units)) return;
  const wanted = headPlan === 'kept' ? `${units}` : `at least the ${units}`;
  throw new ModelError(
    `classes: received ${classes}, expected ${wanted} of the model to start from, whose last layer is ${headPlan}`,
  );
}
