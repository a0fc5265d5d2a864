import { isDeepStrictEqual } from 'node:util';
import { sameClasses } from '../../domain/class-order.js';
import { ModelError } from '../../domain/errors.js';
import { namesText } from '../../domain/names-text.js';
import type { TensorFlow } from '../../engine/tensorflow.js';

/** Returns the class names of a saved model that Apprentice wrote, from its card. */
function classesOf(model: TensorFlow.LayersModel): readonly string[] | undefined {
  const { classes } = (model.getUserDefinedMetadata() ?? {}) as { readonly classes?: unknown };
  return Array.isArray(classes) && classes.every((name) => typeof name === 'string') ? classes : undefined;
}

/**
 * Checks that a saved model has the data's classes in the same order. Models that Apprentice did not write have no class
 * names and pass.
 * @param received start of the message: field and model
 * @throws ModelError when the classes or their order differ
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
      ? `${received}, which numbers the classes ${namesText(classes)}, expected the data's order ${namesText(expected)}: its outputs would be read as other classes`
      : `${received} with the classes ${namesText(classes, expected)}, expected those of the data: ${namesText(expected, classes)}; a transfer brings a model to new classes`,
  );
}
