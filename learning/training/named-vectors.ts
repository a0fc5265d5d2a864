import { type TensorFlow, tf } from '../../engine/tensorflow.js';

type Vector = TensorFlow.Tensor1D;
type HeldVector = TensorFlow.Variable<TensorFlow.Rank.R1>;

/** What a training remembers beside its network, by name: variables for a program to hold. */
export class NamedVectors {
  private readonly byName = new Map<string, HeldVector>();

  /** Takes over the first value, which is disposed. */
  hold(name: string, initial: Vector): void {
    this.byName.set(name, tf.variable(initial, false));
    initial.dispose();
  }

  /** @throws Error when there is none of that name: a checkpoint of another training */
  get(name: string): HeldVector {
    const vector = this.byName.get(name);
    if (vector) return vector;
    throw new Error(
      `checkpoint: received a tensor "${name}", expected ${[...this.byName.keys()].join(', ')}`,
    );
  }

  entries(): ReadonlyArray<readonly [name: string, vector: HeldVector]> {
    return [...this.byName];
  }

  get variables(): readonly HeldVector[] {
    return [...this.byName.values()];
  }

  dispose(): void {
    for (const vector of this.byName.values()) vector.dispose();
  }
}
