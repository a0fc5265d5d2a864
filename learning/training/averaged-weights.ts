import type { ProgramFunction } from '../../engine/compile/compiled-function.js';
import type { Program } from '../../engine/compile/program.js';
import { type TensorFlow, tf } from '../../engine/tensorflow.js';
import { type FlatWeights, flatten } from './flat-weights.js';
import type { NamedVectors } from './named-vectors.js';
import type { Vector } from './tensors.js';

/** Compiled functions that exchange the weights in the network. */
export type WeightSwaps = Readonly<
  Record<'useAverage' | 'useTrained' | 'markBest' | 'useBest', ProgramFunction>
>;

/** Returns the decay at a step: lower at first, so that the initial weights fade soon (TensorFlow's num_updates rule). */
export function averageDecay(step: number, highest: number): number {
  return Math.min(highest, (1 + step) / (10 + step));
}

/**
 * The exponential moving average of a network's weights and of the running statistics of its batch norm, and the best
 * average so far.
 */
export class AveragedWeights {
  constructor(
    private readonly trainable: FlatWeights,
    /** Running statistics of batch norm, which the forward pass updates. */
    private readonly statistics: FlatWeights,
    private readonly vectors: NamedVectors,
  ) {
    vectors.register('average', this.everything());
    vectors.register('best', this.everything());
    vectors.register('trained-statistics', statistics.read());
  }

  /** Updates the average after a step. Runs inside a compiled function. */
  update(decay: TensorFlow.Tensor): void {
    const average = this.vectors.get('average');
    // In this form the average of a constant weight is that weight, to the bit.
    average.assign(tf.add(average, tf.mul(tf.sub(this.everything(), average), tf.sub(1, decay))));
  }

  /** @param program holds all the variables */
  compileSwaps(program: Program): WeightSwaps {
    const { trainable, statistics, vectors } = this;
    const compiled = (assign: () => void) =>
      program.compile(() => {
        assign();
        return {};
      });
    return {
      useAverage: compiled(() => {
        vectors.get('trained-statistics').assign(statistics.read());
        this.place(vectors.get('average'));
      }),
      useTrained: compiled(() => {
        trainable.write(vectors.get('weights'));
        statistics.write(vectors.get('trained-statistics'));
      }),
      // assign() keeps the tensor that it gets until the training ends: it gets a clone, which shares the values.
      markBest: compiled(() => vectors.get('best').assign(vectors.get('average').clone())),
      useBest: compiled(() => this.place(vectors.get('best'))),
    };
  }

  private everything(): Vector {
    return flatten([...this.trainable.variables, ...this.statistics.variables]);
  }

  private place(everything: TensorFlow.Tensor): void {
    tf.tidy(() => {
      const sizes = [this.trainable.length, this.statistics.length];
      const [weights, statistics] = tf.split(everything as Vector, sizes) as [Vector, Vector];
      this.trainable.write(weights);
      this.statistics.write(statistics);
    });
  }
}
