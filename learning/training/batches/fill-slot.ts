import { imageBytes } from '../../../domain/image-bytes.js';
import type { ImageSet } from '../../datasets/image-set.js';
import { ExampleOrder } from './example-order.js';
import type { Examples } from './examples.js';
import { KEY_WORDS, type Slot, STREAMS, type StreamName } from './slot.js';
import { writePseudoLabel, writeSmoothed } from './targets.js';

/** The weak and the strong views of a step are of the same images, so they share an order. */
type OrderName = 'labelled' | 'unlabelled' | 'views';

/** Chooses the examples of a step and writes their clean images, targets and keys into a slot. */
export class SlotFiller {
  private readonly orders: Record<OrderName, ExampleOrder>;

  constructor(private readonly examples: Examples) {
    const { images, pseudoLabels, responses, teachers, seed, generation } = examples;
    const order = (stream: OrderName, count: number) => new ExampleOrder(count, { seed, generation, stream });
    // Without pseudo-labels, these rows take all unlabelled images that other models predict.
    const predicted = responses?.unlabelled || teachers ? images.unlabelled.count : 0;
    this.orders = {
      labelled: order('labelled', images.labelled.count),
      unlabelled: order('unlabelled', pseudoLabels?.examples.length ?? predicted),
      views: order('views', images.unlabelled.count),
    };
  }

  fill(slot: Slot, step: number): void {
    this.fillLabelled(slot, step);
    this.fillUnlabelled(slot, step);
    this.fillViews(slot, step);
  }

  private fillLabelled(slot: Slot, step: number): void {
    const { images, groups, responses, labelSmoothing } = this.examples;
    for (let row = 0; row < groups.labelled; row++) {
      const { example, epoch } = this.orders.labelled.at(step * groups.labelled + row);
      this.writeImage(slot, row, images.labelled, example, ['labelled', epoch, example]);
      this.writeResponse(slot, row, responses?.labelled, example);
      writeSmoothed(this.target(slot, row), images.labelled.label(example), labelSmoothing);
    }
  }

  private fillUnlabelled(slot: Slot, step: number): void {
    const { images, groups, pseudoLabels, responses, labelSmoothing } = this.examples;
    for (let index = 0; index < groups.unlabelled; index++) {
      const row = groups.labelled + index;
      const { example, epoch } = this.orders.unlabelled.at(step * groups.unlabelled + index);
      const kept = pseudoLabels?.examples[example];
      const position = kept === undefined ? example : pseudoLabels!.positions[kept]!;
      this.writeImage(slot, row, images.unlabelled, position, ['unlabelled', epoch, example]);
      this.writeResponse(slot, row, responses?.unlabelled, position);
      const target = this.target(slot, row);
      if (kept === undefined) target.fill(0);
      else writePseudoLabel(target, pseudoLabels!, kept, labelSmoothing);
    }
  }

  /** These rows have no target: the network labels them in the step. */
  private fillViews(slot: Slot, step: number): void {
    const { images, groups } = this.examples;
    const { labelled, unlabelled, weak = 0, strong = 0 } = groups;
    const first = labelled + unlabelled;
    for (let index = 0; index < weak; index++) {
      const { example, epoch } = this.orders.views.at(step * weak + index);
      this.writeImage(slot, first + index, images.unlabelled, example, ['weak', epoch, example]);
      if (strong === 0) continue;
      this.writeImage(slot, first + weak + index, images.unlabelled, example, ['strong', epoch, example]);
    }
    this.writePlaces(slot, first, weak);
  }

  /**
   * An image that is in the step twice is remembered once, by its last row: TensorFlow does not define which of two
   * writes to the same place wins.
   */
  private writePlaces({ places, keys }: Slot, first: number, weak: number): void {
    if (places.length === 0) return;
    const nowhere = this.examples.images.unlabelled.count;
    places.fill(nowhere);
    const seen = new Set<number>();
    for (let row = first + weak - 1; row >= first; row--) {
      const example = keys[row * KEY_WORDS + 2]!;
      if (!seen.has(example)) places[row] = example;
      seen.add(example);
    }
  }

  private writeImage(
    slot: Slot,
    row: number,
    images: ImageSet,
    position: number,
    [stream, epoch, example]: readonly [StreamName, number, number],
  ): void {
    slot.keys.set([STREAMS.indexOf(stream), epoch, example], row * KEY_WORDS);
    images.copy(position, slot.images, row * imageBytes(images.shape));
  }

  private writeResponse(
    { responses }: Slot,
    row: number,
    all: Float32Array | undefined,
    position: number,
  ): void {
    const width = this.examples.responses?.width ?? 0;
    const own = responses.subarray(row * width, (row + 1) * width);
    if (all) own.set(all.subarray(position * width, (position + 1) * width));
    else own.fill(0);
  }

  private target(slot: Slot, row: number): Float32Array {
    const { classes } = this.examples;
    return slot.targets.subarray(row * classes, (row + 1) * classes);
  }
}
