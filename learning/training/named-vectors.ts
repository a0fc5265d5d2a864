import { type TensorFlow, tf } from '../../engine/tensorflow.js';
import type { Vector } from './tensors.js';

type VectorVariable = TensorFlow.Variable<TensorFlow.Rank.R1>;

/** The vectors of a training by name: weights, averages, optimizer slots, memory of the objective. */
export class NamedVectors {
  private readonly byName = new Map<string, VectorVariable>();

  /** Makes a variable of the initial value and disposes that. */
  register(name: string, initial: Vector): void {
    this.byName.set(name, tf.variable(initial, false));
    initial.dispose();
  }

  get(name: string): VectorVariable {
    const vector = this.byName.get(name);
    if (vector) return vector;
    throw new Error(`vector: received ${name}, expected one of ${[...this.byName.keys()].join(', ')}`);
  }

  entries(): ReadonlyArray<readonly [name: string, vector: VectorVariable]> {
    return [...this.byName];
  }

  get variables(): readonly VectorVariable[] {
    return [...this.byName.values()];
  }

  dispose(): void {
    for (const vector of this.byName.values()) vector.dispose();
  }
}
