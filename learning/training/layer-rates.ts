import { backboneFactor, type LayersConfig } from '../../domain/config/layers.js';
import type { TrainingSpec } from '../../domain/config/training.js';
import { ConfigurationError } from '../../domain/errors.js';
import type { TensorFlow } from '../../engine/tensorflow.js';
import { hasKernel } from '../models/has-kernel.js';
import { layersWithin, normalisesBatches } from '../models/head.js';

type Layer = TensorFlow.layers.Layer;

/** Layers with the same learning rate that train from the same step on. */
export interface LayerGroup {
  /** Factor on the learning rate. */
  readonly factor: number;
  /** First step that trains the group, 0-based; Infinity when it stays frozen. */
  readonly from: number;
}

/** The layer groups of a network, from input to output. */
export interface LayerRates {
  readonly groups: readonly LayerGroup[];
  /** Index of the group of each trainable variable, in the network's order. */
  readonly groupOf: readonly number[];
  /** Returns how many of the lowest groups are frozen at a step. */
  frozenAt(step: number): number;
  /** Returns the names of the batch norms that use their running statistics while so many groups are frozen. */
  frozenNorms(frozen: number): ReadonlySet<string>;
}

/** A weighted layer and the numbers of its block and stage, counted from the input. */
interface LayerPlace {
  readonly layer: Layer;
  readonly block: number;
  readonly stage: number;
}

/** One group of all layers, trained from the first step on. */
function uniform(variables: number): LayerRates {
  const none: ReadonlySet<string> = new Set();
  return {
    groups: [{ factor: 1, from: 0 }],
    groupOf: new Array<number>(variables).fill(0),
    frozenAt: () => 0,
    frozenNorms: () => none,
  };
}

/**
 * Returns the learning rate of each layer and the step from which it trains. The last layer has a rate of its own;
 * the rates of the blocks below may decay towards the input, as in timm (optim/_param_groups.py: decay^(L - i)).
 * Blocks are the residual blocks of a `residual` network, and single layers with a kernel in any other network. A new
 * stage begins where the feature map gets smaller.
 * @throws ConfigurationError when gradual unfreezing would not reach the lowest stage
 */
export function layerRatesOf(
  network: TensorFlow.LayersModel,
  { layers, steps }: Pick<TrainingSpec, 'layers' | 'steps'>,
): LayerRates {
  if (!layers) return uniform(network.trainableWeights.length);
  const placed = placesOf(network);
  const head = placed.at(-1)!;
  const { groups, numbers } = groupsOf(placed, layers, steps);
  expectAllUnfrozen(layers, steps, head.stage);
  const norms = network.layers.flatMap((layer) =>
    layersWithin(layer)
      .filter(normalisesBatches)
      .map(({ name }) => ({ name, group: numbers.get(layer) ?? 0 })),
  );
  return {
    groups,
    groupOf: network.layers.flatMap((layer) => layer.trainableWeights.map(() => numbers.get(layer)!)),
    frozenAt: (step) => groups.filter(({ from }) => from > step).length,
    frozenNorms: (frozen) =>
      new Set(norms.filter(({ group }) => layers.frozenNorm || group < frozen).map(({ name }) => name)),
  };
}

/** Makes a group of the layers of each block and stage, lowest first. `numbers` has the group of each layer. */
function groupsOf(placed: readonly LayerPlace[], layers: LayersConfig, steps: number) {
  const head = placed.at(-1)!;
  const rateOf = ({ block, stage }: LayerPlace): LayerGroup => {
    const factor = backboneFactor(layers) * (layers.decay ?? 1) ** (head.block - block);
    return { factor, from: factor === 0 ? Infinity : unfreezingStep(layers, steps, head.stage - 1 - stage) };
  };
  const groups: LayerGroup[] = [];
  const numbers = new Map<Layer, number>();
  let previous: LayerPlace | undefined;
  for (const place of placed) {
    if (place === head) groups.push({ factor: layers.head, from: 0 });
    else if (place.block !== previous?.block || place.stage !== previous.stage) groups.push(rateOf(place));
    numbers.set(place.layer, groups.length - 1);
    previous = place;
  }
  return { groups, numbers };
}

/** @param below number of stages between this one and the last layer */
function unfreezingStep({ warmup, unfreezing }: LayersConfig, steps: number, below: number): number {
  const wait = Math.round(warmup * steps);
  return unfreezing === 'gradual' ? wait * (below + 1) : wait;
}

function expectAllUnfrozen(layers: LayersConfig, steps: number, stages: number): void {
  if (layers.unfreezing === 'at-once' || backboneFactor(layers) === 0) return;
  if (stages === 0 || unfreezingStep(layers, steps, stages - 1) < steps) return;
  throw new ConfigurationError(
    `layers.warmup: received ${layers.warmup}, expected less than ${(1 / stages).toFixed(3)}: the network has ${stages} stages, which start to train one after another, each after that share of the steps`,
  );
}

/** Layer names of the residual blocks, see residual.ts. */
const RESIDUAL_BLOCK = /^stage\d+-block\d+/;

/** Returns the weighted layers with their blocks and stages. The last one, the head, has its own block and stage. */
function placesOf(network: TensorFlow.LayersModel): LayerPlace[] {
  const weighted = network.layers.filter(({ weights }) => weights.length > 0);
  let [block, stage, height] = [-1, 0, Infinity];
  let residualBlock: string | undefined;
  return weighted.map((layer, index) => {
    const isHead = index === weighted.length - 1;
    const name = RESIDUAL_BLOCK.exec(layer.name)?.[0];
    // A layer without a kernel (a norm) belongs to the block of the layer before it.
    const begins = name === undefined ? hasKernel(layer) : name !== residualBlock;
    if (begins || isHead || block < 0) block++;
    residualBlock = name ?? (begins ? undefined : residualBlock);
    const layerHeight = heightOf(layer);
    if (layerHeight < height) {
      if (height < Infinity) stage++;
      height = layerHeight;
    }
    if (isHead) stage++;
    return { layer, block, stage };
  });
}

/** Returns the height of a layer's feature map; Infinity when its output is no feature map, or has one pixel. */
function heightOf(layer: Layer): number {
  const shape =
    [layer.outputShape].flat(1).length === 4 ? (layer.outputShape as Array<number | null>) : undefined;
  const height = shape?.[1];
  return height && height > 1 ? height : Infinity;
}
