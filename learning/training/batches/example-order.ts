import { keyedRandom } from '../../../domain/random.js';

/**
 * The order of a training's examples: one random permutation per epoch, keyed by the epoch. Position n is the same in
 * every attempt, so a resumed training needs no state of it.
 */
export class ExampleOrder {
  private epoch = -1;
  private permutation: Uint32Array = new Uint32Array();

  constructor(
    readonly count: number,
    private readonly key: { readonly seed: number; readonly generation: number; readonly stream: string },
  ) {}

  /** Returns the example and the epoch at a position counted from the start of the training. */
  at(position: number): { readonly example: number; readonly epoch: number } {
    const epoch = Math.floor(position / this.count);
    if (epoch !== this.epoch) {
      const { seed, generation, stream } = this.key;
      this.permutation = keyedRandom(seed, 'order', generation, stream, epoch).permutation(this.count);
      this.epoch = epoch;
    }
    return { example: this.permutation[position % this.count]!, epoch };
  }
}
