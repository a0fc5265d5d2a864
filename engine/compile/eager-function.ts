import { type TensorFlow, tf } from '../tensorflow.js';
import type { ProgramFunction } from './compiled-function.js';
import { expectOutputs, type Named, type TensorFunction } from './trace.js';
import { asTensor, expectInput, type Input, isTensor } from './typed-input.js';

type Tensor = TensorFlow.Tensor;

/** A function that runs eagerly, operation by operation, on the tfjs variables. */
export class EagerFunction implements ProgramFunction {
  constructor(
    private readonly definition: TensorFunction,
    private readonly expectOpen: () => void,
  ) {}

  run(inputs: Named<Input>): Record<string, Tensor> {
    this.expectOpen();
    return tf.tidy(() => {
      const tensors = Object.fromEntries(
        Object.entries(inputs).map(([name, input]) => {
          expectInput(name, input);
          return [name, isTensor(input) ? input : asTensor(input)];
        }),
      );
      const outputs = expectOutputs(this.definition(tensors));
      // Clones the outputs: one may also be an input, a variable, or another output.
      return Object.fromEntries(Object.entries(outputs).map(([name, output]) => [name, output.clone()]));
    });
  }

  async runAsync(inputs: Named<Input>): Promise<Record<string, Tensor>> {
    return this.run(inputs);
  }
}
