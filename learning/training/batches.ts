import type { AugmentationConfig, TrainingSpec } from '../../domain/config/training.js';
import { keyedRandom } from '../../domain/random.js';
import { applyAugmentation, planAugmentation } from '../augmentation/augment.js';
import { mixBatch } from '../augmentation/mixup.js';
import type { ImageSet, SplitImages } from '../datasets/image-set.js';
import type { PseudoLabels } from '../pseudo-labels/pseudo-labels.js';
import { ExampleOrder } from './example-order.js';

/** What one step trains on: labelled images first, then pseudo-labelled ones. */
export interface Batch {
  readonly size: number;
  /** [size, height, width, channels] uint8 */
  readonly pixels: Uint8Array;
  /** [size, classes] target probabilities */
  readonly targets: Float32Array;
}

export interface BatchSource {
  readonly labelledPerStep: number;
  readonly unlabelledPerStep: number;
  /** The batch of a step, 0-based: the same at every call. */
  batch(step: number): Batch;
}

interface Needs {
  readonly images: Pick<SplitImages, 'labelled' | 'unlabelled'>;
  readonly classes: number;
  readonly training: TrainingSpec;
  readonly pseudoLabels?: PseudoLabels;
  readonly seed: number;
  readonly generation: number;
}

/** One-hot, with `smoothing` spread evenly over all classes (Szegedy et al. 2016, section 7). */
function writeSmoothed(
  target: Float32Array,
  offset: number,
  classes: number,
  label: number,
  smoothing: number,
) {
  target.fill(smoothing / classes, offset, offset + classes);
  target[offset + label] = 1 - smoothing + smoothing / classes;
}

class Stream {
  private readonly order: ExampleOrder;
  private readonly image: Uint8Array;

  constructor(
    private readonly name: 'labelled' | 'unlabelled',
    count: number,
    private readonly images: ImageSet,
    private readonly augmentation: AugmentationConfig,
    private readonly key: { readonly seed: number; readonly generation: number },
  ) {
    this.order = new ExampleOrder(count, { ...key, stream: name });
    this.image = new Uint8Array(images.shape.height * images.shape.width * images.shape.channels);
  }

  /** Writes the augmented image at a position of the stream; returns which example it was. */
  write(position: number, imageOf: (example: number) => number, pixels: Uint8Array, offset: number): number {
    const { example, epoch } = this.order.at(position);
    this.images.copy(imageOf(example), this.image, 0);
    const random = keyedRandom(this.key.seed, 'augment', this.key.generation, this.name, epoch, example);
    const plan = planAugmentation(this.augmentation, this.images.shape, random);
    applyAugmentation(plan, this.images.shape, this.image, pixels, offset);
    return example;
  }
}

/**
 * Batches of a training. A teacher's, or a student's without pseudo-labels, hold labelled images only.
 * Label smoothing is put on labels and hard pseudo-labels; soft ones stay as they are.
 */
export function batchSource({
  images,
  classes,
  training,
  pseudoLabels,
  seed,
  generation,
}: Needs): BatchSource {
  const { height, width, channels } = images.labelled.shape;
  const imageBytes = height * width * channels;
  const labelledPerStep = training.batchSize;
  const unlabelledPerStep = pseudoLabels ? Math.round(training.batchSize * training.unlabelledRatio) : 0;
  const key = { seed, generation };
  const { augmentation, labelSmoothing } = training;
  const labelled = new Stream('labelled', images.labelled.count, images.labelled, augmentation, key);
  const unlabelled = pseudoLabels
    ? new Stream('unlabelled', pseudoLabels.examples.length, images.unlabelled, augmentation, key)
    : undefined;

  function fillLabelled({ pixels, targets }: Batch, step: number): void {
    for (let index = 0; index < labelledPerStep; index++) {
      const position = step * labelledPerStep + index;
      const example = labelled.write(position, (example) => example, pixels, index * imageBytes);
      writeSmoothed(targets, index * classes, classes, images.labelled.label(example), labelSmoothing);
    }
  }

  function fillUnlabelled(
    { pixels, targets }: Batch,
    step: number,
    stream: Stream,
    labels: PseudoLabels,
  ): void {
    const { positions, examples, kind } = labels;
    for (let index = 0; index < unlabelledPerStep; index++) {
      const position = step * unlabelledPerStep + index;
      const row = labelledPerStep + index;
      const example = stream.write(position, (e) => positions[examples[e]!]!, pixels, row * imageBytes);
      const kept = examples[example]! * classes;
      const target = labels.targets.subarray(kept, kept + classes);
      if (kind === 'soft') targets.set(target, row * classes);
      else writeSmoothed(targets, row * classes, classes, target.indexOf(1), labelSmoothing);
    }
  }

  function batch(step: number): Batch {
    const size = labelledPerStep + unlabelledPerStep;
    const filled = {
      size,
      pixels: new Uint8Array(size * imageBytes),
      targets: new Float32Array(size * classes),
    };
    fillLabelled(filled, step);
    if (unlabelled && pseudoLabels) fillUnlabelled(filled, step, unlabelled, pseudoLabels);
    if (augmentation.mixup > 0) {
      mixBatch(filled, augmentation.mixup, keyedRandom(seed, 'mixup', generation, step));
    }
    return filled;
  }

  return { labelledPerStep, unlabelledPerStep, batch };
}
