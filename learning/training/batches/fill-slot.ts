import type { ImageSet, SplitImages } from '../../datasets/image-set.js';
import type { PseudoLabels } from '../../pseudo-labels/pseudo-labels.js';
import type { RowGroups } from './batch.js';
import { ExampleOrder } from './example-order.js';
import { imageBytesOf, KEY_WORDS, type Slot, STREAMS, type StreamName } from './slot.js';

/** What a step's examples are drawn from. */
export interface Examples {
  readonly images: Pick<SplitImages, 'labelled' | 'unlabelled'>;
  readonly classes: number;
  readonly labelSmoothing: number;
  readonly groups: RowGroups;
  readonly pseudoLabels?: PseudoLabels;
  readonly seed: number;
  readonly generation: number;
}

/** One-hot, with `smoothing` spread evenly over all classes (Szegedy et al. 2016, section 7). */
function writeSmoothed(target: Float32Array, label: number, smoothing: number): void {
  target.fill(smoothing / target.length);
  target[label]! += 1 - smoothing;
}

/** Label smoothing is put on labels and hard pseudo-labels; soft ones stay as they are. */
function writePseudoLabel(
  target: Float32Array,
  { targets, kind }: PseudoLabels,
  kept: number,
  smoothing: number,
): void {
  const label = targets.subarray(kept * target.length, (kept + 1) * target.length);
  if (kind === 'soft') target.set(label);
  else writeSmoothed(target, label.indexOf(1), smoothing);
}

/** Chooses each step's examples and brings their clean images, targets and keys into a slot. */
export class SlotFiller {
  private readonly orders: Record<StreamName, ExampleOrder>;

  constructor(private readonly examples: Examples) {
    const { images, pseudoLabels, seed, generation } = examples;
    const order = (stream: StreamName, count: number) =>
      new ExampleOrder(count, { seed, generation, stream });
    this.orders = {
      labelled: order('labelled', images.labelled.count),
      unlabelled: order('unlabelled', pseudoLabels?.examples.length ?? 0),
    };
  }

  fill(slot: Slot, step: number): void {
    const { images, groups, pseudoLabels, labelSmoothing } = this.examples;
    for (let row = 0; row < groups.labelled; row++) {
      const example = this.next(slot, row, 'labelled', step * groups.labelled + row);
      this.copy(slot, row, images.labelled, example);
      writeSmoothed(this.target(slot, row), images.labelled.label(example), labelSmoothing);
    }
    if (!pseudoLabels) return;
    const { examples, positions } = pseudoLabels;
    for (let index = 0; index < groups.unlabelled; index++) {
      const row = groups.labelled + index;
      const example = this.next(slot, row, 'unlabelled', step * groups.unlabelled + index);
      const kept = examples[example]!;
      this.copy(slot, row, images.unlabelled, positions[kept]!);
      writePseudoLabel(this.target(slot, row), pseudoLabels, kept, labelSmoothing);
    }
  }

  private next(slot: Slot, row: number, stream: StreamName, position: number): number {
    const { example, epoch } = this.orders[stream].at(position);
    slot.keys.set([STREAMS.indexOf(stream), epoch, example], row * KEY_WORDS);
    return example;
  }

  private copy(slot: Slot, row: number, images: ImageSet, position: number): void {
    images.copy(position, slot.images, row * imageBytesOf(images.shape));
  }

  private target(slot: Slot, row: number): Float32Array {
    const { classes } = this.examples;
    return slot.targets.subarray(row * classes, (row + 1) * classes);
  }
}
