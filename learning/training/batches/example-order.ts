import { keyedRandom } from '../../../domain/random.js';

/**
 * The endless order in which a training sees its examples: one random permutation after another, each keyed
 * by its epoch. Position n is the same in every attempt, so a resumed training needs no memory of the past.
 */
export class ExampleOrder {
  private epoch = -1;
  private permutation: Uint32Array = new Uint32Array();

  constructor(
    readonly count: number,
    private readonly key: { readonly seed: number; readonly generation: number; readonly stream: string },
  ) {}

  /** The example at a position counted from the start of the training, and the epoch it belongs to. */
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
