import { type TensorFlow, tf } from '../tensorflow.js';

type Variable = TensorFlow.Variable;
/** Slots of tfjs's optimizers: one for each weight, in the order of the gradients. */
type Slots = ReadonlyArray<{ readonly variable: Variable }>;

/**
 * Prepares a `tf.train` optimizer for compilation: its whole state becomes variables that exist before the first step.
 * Add them to the program's variables, and pass `minimize` the same weights in the same order.
 *
 * A learning rate or momentum that is a number becomes a constant of the graph; `setLearningRate` requires a new program.
 * @param weights that the optimizer will update
 * @returns its variables: initial slots, powers of decays, and rates that it holds as tensors
 */
export function optimizerState(
  optimizer: TensorFlow.Optimizer,
  weights: readonly Variable[],
): readonly Variable[] {
  const held = tensorsToVariables(optimizer);
  const weightsBefore = weights.map((weight) => weight.clone());
  const heldBefore = held.map((variable) => variable.clone());
  // The first step creates the slots; with zero gradients they keep their initial values.
  tf.tidy(() =>
    optimizer.applyGradients(weights.map(({ name, shape }) => ({ name, tensor: tf.zeros(shape) }))),
  );
  restore(weights, weightsBefore);
  restore(held, heldBefore);
  return [...held, ...slotsOf(optimizer)];
}

/** Replaces the optimizer's plain tensors by variables; returns all of its variables. */
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
