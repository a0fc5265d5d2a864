import { type TensorFlow, tf } from '../tensorflow.js';
import type { ProgramFunction } from './compiled-function.js';
import type { Named, TensorFunction } from './trace.js';
import { asTensor, type Input, isTensor } from './typed-input.js';

type Tensor = TensorFlow.Tensor;

/** A function that is run as it is, operation by operation, on the tfjs variables. */
export class EagerFunction implements ProgramFunction {
  constructor(private readonly definition: TensorFunction) {}

  run(inputs: Named<Input>): Record<string, Tensor> {
    return tf.tidy(() => {
      const tensors = Object.fromEntries(
        Object.entries(inputs).map(([name, input]) => [name, asTensor(input)]),
      );
      const outputs = { ...this.definition(tensors) };
      // What is handed through is the caller's twice, or the tidy's: a handle of its own is neither.
      for (const [name, output] of Object.entries(outputs)) {
        if (Object.values(inputs).some((input) => isTensor(input) && input === output)) {
          outputs[name] = output.clone();
        }
      }
      return outputs;
    });
  }

  async runAsync(inputs: Named<Input>): Promise<Record<string, Tensor>> {
    return this.run(inputs);
  }
}
