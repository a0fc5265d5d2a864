import { imageBytes } from '../../../domain/image-bytes.js';
import type { ImageSet } from '../../datasets/image-set.js';
import { ExampleOrder } from './example-order.js';
import type { Examples } from './examples.js';
import { KEY_WORDS, type Slot, STREAMS, type StreamName } from './slot.js';
import { writePseudoLabel, writeSmoothed } from './targets.js';

/** Both views of a step show the same images, in an order that hangs on neither's noise. */
type OrderName = 'labelled' | 'unlabelled' | 'views';

/** Chooses each step's examples and brings their clean images, targets and keys into a slot. */
export class SlotFiller {
  private readonly orders: Record<OrderName, ExampleOrder>;

  constructor(private readonly examples: Examples) {
    const { images, pseudoLabels, responses, teachers, seed, generation } = examples;
    const order = (stream: OrderName, count: number) => new ExampleOrder(count, { seed, generation, stream });
    // Without pseudo-labels, those rows are of any image that models answer to.
    const answered = responses?.unlabelled || teachers ? images.unlabelled.count : 0;
    this.orders = {
      labelled: order('labelled', images.labelled.count),
      unlabelled: order('unlabelled', pseudoLabels?.examples.length ?? answered),
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
      this.show(slot, row, images.labelled, example, ['labelled', epoch, example]);
      this.respond(slot, row, responses?.labelled, example);
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
      this.show(slot, row, images.unlabelled, position, ['unlabelled', epoch, example]);
      this.respond(slot, row, responses?.unlabelled, position);
      const target = this.target(slot, row);
      if (kept === undefined) target.fill(0);
      else writePseudoLabel(target, pseudoLabels!, kept, labelSmoothing);
    }
  }

  /** Their rows have no target: the network says in the step what they are. */
  private fillViews(slot: Slot, step: number): void {
    const { images, groups } = this.examples;
    const { labelled, unlabelled, weak = 0, strong = 0 } = groups;
    const first = labelled + unlabelled;
    for (let index = 0; index < weak; index++) {
      const { example, epoch } = this.orders.views.at(step * weak + index);
      this.show(slot, first + index, images.unlabelled, example, ['weak', epoch, example]);
      if (strong === 0) continue;
      this.show(slot, first + weak + index, images.unlabelled, example, ['strong', epoch, example]);
    }
    this.place(slot, first, weak);
  }

  /** An image that is in the step twice is remembered once, as it was seen last: the order of writing is not said. */
  private place({ places, keys }: Slot, first: number, weak: number): void {
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

  private show(
    slot: Slot,
    row: number,
    images: ImageSet,
    position: number,
    [stream, epoch, example]: readonly [StreamName, number, number],
  ): void {
    slot.keys.set([STREAMS.indexOf(stream), epoch, example], row * KEY_WORDS);
    images.copy(position, slot.images, row * imageBytes(images.shape));
  }

  private respond({ responses }: Slot, row: number, of: Float32Array | undefined, position: number): void {
    const width = this.examples.responses?.width ?? 0;
    const own = responses.subarray(row * width, (row + 1) * width);
    if (of) own.set(of.subarray(position * width, (position + 1) * width));
    else own.fill(0);
  }

  private target(slot: Slot, row: number): Float32Array {
    const { classes } = this.examples;
    return slot.targets.subarray(row * classes, (row + 1) * classes);
  }
}
