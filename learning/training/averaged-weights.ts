import type { ProgramFunction } from '../../engine/compile/compiled-function.js';
import type { Program } from '../../engine/compile/program.js';
import { type TensorFlow, tf } from '../../engine/tensorflow.js';
import { type FlatWeights, flatten } from './flat-weights.js';
import type { NamedVectors } from './named-vectors.js';

type Vector = TensorFlow.Tensor1D;

/** What can stand in the network in the place of what it has been trained to. */
export type Standing = Readonly<
  Record<'useAverage' | 'useTrained' | 'markBest' | 'useBest', ProgramFunction>
>;

/** The averages start short, so that the first steps' weights are soon forgotten (TensorFlow's num_updates rule). */
export function averageDecay(step: number, highest: number): number {
  return Math.min(highest, (1 + step) / (10 + step));
}

/**
 * A network's weights and the running statistics of its batch norm, their exponential moving average, and the best
 * of the averages so far.
 */
export class AveragedWeights {
  constructor(
    private readonly trainable: FlatWeights,
    /** Moved by the forward pass, averaged with the weights. */
    private readonly statistics: FlatWeights,
    private readonly vectors: NamedVectors,
  ) {
    vectors.hold('average', this.everything());
    vectors.hold('best', this.everything());
    vectors.hold('trained-statistics', statistics.read());
  }

  /** The average follows the network by a step. Compiled. */
  follow(decay: TensorFlow.Tensor): void {
    const average = this.vectors.get('average');
    // In this form what stands still has itself for its average, to the bit.
    average.assign(tf.add(average, tf.mul(tf.sub(this.everything(), average), tf.sub(1, decay))));
  }

  /** @param program that has all the variables */
  standing(program: Program): Standing {
    const { trainable, statistics, vectors } = this;
    const compiled = (move: () => void) =>
      program.compile(() => {
        move();
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
      // The clone's handle goes, its values stay; else each would be kept to the end of the training.
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
