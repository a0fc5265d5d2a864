import { isDeepStrictEqual } from 'node:util';
import { sameClasses } from '../../domain/class-order.js';
import { ModelError } from '../../domain/errors.js';
import type { TensorFlow } from '../../engine/tensorflow.js';

/** Names of a saved model's classes, where it is one that Apprentice wrote: its card has them. */
function classesOf(model: TensorFlow.LayersModel): readonly string[] | undefined {
  const { classes } = (model.getUserDefinedMetadata() ?? {}) as { readonly classes?: unknown };
  return Array.isArray(classes) && classes.every((name) => typeof name === 'string') ? classes : undefined;
}

/**
 * Whether a saved model's outputs mean the data's classes. Of one that was made elsewhere nobody knows.
 * @param received begins the message: field and model
 * @throws ModelError when they mean others, or the same in another order
 */
export function expectSavedClasses(
  model: TensorFlow.LayersModel,
  expected: readonly string[],
  received: string,
): void {
  const classes = classesOf(model);
  if (!classes || isDeepStrictEqual(classes, expected)) return;
  throw new ModelError(
    sameClasses(classes, expected)
      ? `${received}, which numbers the classes ${classes.join(', ')}, expected the data's order ${expected.join(', ')}: its outputs would be taken for other classes`
      : `${received} with the classes ${classes.join(', ')}, expected those of the data: ${expected.join(', ')}; a transfer brings a model to new classes`,
  );
}
