import { backboneFactor, type LayersConfig } from '../../domain/config/layers.js';
import type { TrainingSpec } from '../../domain/config/training.js';
import { ConfigurationError } from '../../domain/errors.js';
import type { TensorFlow } from '../../engine/tensorflow.js';
import { hasKernel } from '../models/has-kernel.js';
import { layersWithin, normalisesBatches } from '../models/head.js';

type Layer = TensorFlow.layers.Layer;

/** Layers that learn at the same rate and from the same step on. */
export interface LayerGroup {
  /** Factor on the learning rate. */
  readonly factor: number;
  /** First step that moves it, 0-based; Infinity where none does. */
  readonly from: number;
}

/** The groups of a network's layers, lowest first. */
export interface LayerRates {
  readonly groups: readonly LayerGroup[];
  /** Group of each trainable variable, in the network's order. */
  readonly groupOf: readonly number[];
  /** How many groups, counted from the lowest, stand still at a step. */
  frozenAt(step: number): number;
  /** Names of the batch norms that go by their running statistics while so many groups stand still. */
  frozenNorms(frozen: number): ReadonlySet<string>;
}

/** A weighted layer's place in the network, counted from the input. */
interface Placed {
  readonly layer: Layer;
  readonly block: number;
  readonly stage: number;
}

/** All layers as one group, from the first step on. */
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
 * Learning rates by layer: the last layer's, and below it those of blocks, which may decay downwards as timm has it
 * (optim/_param_groups.py: decay^(L - i)); and the step from which each moves. Blocks are the residual ones of a network
 * of ours, and every layer with a kernel of any other; stages end where the image gets smaller.
 * @throws ConfigurationError when gradual unfreezing would not come to the lowest stage
 */
export function layerRatesOf(
  network: TensorFlow.LayersModel,
  { layers, steps }: Pick<TrainingSpec, 'layers' | 'steps'>,
): LayerRates {
  if (!layers) return uniform(network.trainableWeights.length);
  const placed = placesOf(network);
  const head = placed.at(-1)!;
  const { groups, numbers } = groupsOf(placed, layers, steps);
  expectAllThawed(layers, steps, head.stage);
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

/** Places of one block and stage as a group, lowest first, with the number of each layer's. */
function groupsOf(placed: readonly Placed[], layers: LayersConfig, steps: number) {
  const head = placed.at(-1)!;
  const rateOf = ({ block, stage }: Placed): LayerGroup => {
    const factor = backboneFactor(layers) * (layers.decay ?? 1) ** (head.block - block);
    return { factor, from: factor === 0 ? Infinity : thawingStep(layers, steps, head.stage - 1 - stage) };
  };
  const groups: LayerGroup[] = [];
  const numbers = new Map<Layer, number>();
  let before: Placed | undefined;
  for (const place of placed) {
    if (place === head) groups.push({ factor: layers.head, from: 0 });
    else if (place.block !== before?.block || place.stage !== before.stage) groups.push(rateOf(place));
    numbers.set(place.layer, groups.length - 1);
    before = place;
  }
  return { groups, numbers };
}

/** @param below stages between it and the last layer */
function thawingStep({ warmup, unfreezing }: LayersConfig, steps: number, below: number): number {
  const wait = Math.round(warmup * steps);
  return unfreezing === 'gradual' ? wait * (below + 1) : wait;
}

function expectAllThawed(layers: LayersConfig, steps: number, stages: number): void {
  if (layers.unfreezing === 'at-once' || backboneFactor(layers) === 0) return;
  if (stages === 0 || thawingStep(layers, steps, stages - 1) < steps) return;
  throw new ConfigurationError(
    `layers.warmup: received ${layers.warmup}, expected less than ${(1 / stages).toFixed(3)}: the network has ${stages} stages, which begin to learn one after another after as many steps each`,
  );
}

/** Residual blocks of the ladder, see residual.ts. */
const OUR_BLOCK = /^stage\d+-block\d+/;

/** The weighted layers with their places; the last one is the head, in a block and a stage of its own. */
function placesOf(network: TensorFlow.LayersModel): Placed[] {
  const weighted = network.layers.filter(({ weights }) => weights.length > 0);
  let [block, stage, height] = [-1, 0, Infinity];
  let ours: string | undefined;
  return weighted.map((layer, index) => {
    const isHead = index === weighted.length - 1;
    const name = OUR_BLOCK.exec(layer.name)?.[0];
    // A layer without a kernel (a norm) belongs to the one before it.
    const begins = name === undefined ? hasKernel(layer) : name !== ours;
    if (begins || isHead || block < 0) block++;
    ours = name ?? (begins ? undefined : ours);
    const smaller = heightOf(layer);
    if (smaller < height) {
      if (height < Infinity) stage++;
      height = smaller;
    }
    if (isHead) stage++;
    return { layer, block, stage };
  });
}

/** Of the images that it gives; Infinity where it gives none, or single pixels. */
function heightOf(layer: Layer): number {
  const shape =
    [layer.outputShape].flat(1).length === 4 ? (layer.outputShape as Array<number | null>) : undefined;
  const height = shape?.[1];
  return height && height > 1 ? height : Infinity;
}
