import { type TensorFlow, tf } from '../tensorflow.js';

type Variable = TensorFlow.Variable;
/** Slots as tfjs's optimizers hold them: one for each weight, in the order of the gradients. */
type Slots = ReadonlyArray<{ readonly variable: Variable }>;

/**
 * Makes a `tf.train` optimizer one that can be compiled: all that it remembers becomes a variable, and exists before
 * the first step. Name them among the program's, and hand `minimize` the same weights in the same order.
 *
 * A rate or momentum that is a number is a constant of the graph. `setLearningRate` needs another program.
 * @param weights what the optimizer will move
 * @returns its variables: slots at their beginning, powers of decays, and rates that it holds as tensors
 */
export function optimizerState(
  optimizer: TensorFlow.Optimizer,
  weights: readonly Variable[],
): readonly Variable[] {
  const held = tensorsToVariables(optimizer);
  const weightsBefore = weights.map((weight) => weight.clone());
  const heldBefore = held.map((variable) => variable.clone());
  // Slots come into being at the first step: one without a gradient leaves them as they begin.
  tf.tidy(() =>
    optimizer.applyGradients(weights.map(({ name, shape }) => ({ name, tensor: tf.zeros(shape) }))),
  );
  restore(weights, weightsBefore);
  restore(held, heldBefore);
  return [...held, ...slotsOf(optimizer)];
}

/** Tensors of the optimizer's own, those that were no variables replaced by some. */
function tensorsToVariables(optimizer: TensorFlow.Optimizer): Variable[] {
  const own = optimizer as unknown as Record<string, unknown>;
  return Object.entries(own).flatMap(([name, value]) => {
    if (value instanceof tf.Variable) return [value];
    if (!(value instanceof tf.Tensor)) return [];
    const variable = tf.variable(value, false);
    value.dispose();
    own[name] = variable;
    return [variable];
  });
}

function slotsOf(optimizer: TensorFlow.Optimizer): Variable[] {
  return Object.values(optimizer)
    .filter((value): value is Slots => Array.isArray(value) && value.every((slot) => slot?.variable))
    .flatMap((slots) => slots.map(({ variable }) => variable));
}

function restore(variables: readonly Variable[], before: readonly TensorFlow.Tensor[]): void {
  variables.forEach((variable, place) => {
    variable.assign(before[place]!);
    before[place]!.dispose();
  });
}
