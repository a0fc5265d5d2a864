import { isDeepStrictEqual } from 'node:util';
import { ModelError } from '../../domain/errors.js';
import type { OpenedModel } from '../../domain/methods.js';
import type { DatasetRecord, ImageShape } from '../../domain/records.js';

export function shapeText({ width, height, channels }: ImageShape): string {
  return `${width} x ${height} pictures in ${channels === 1 ? 'gray' : 'colour'}`;
}

/**
 * Whether a model decides on the data's pictures between the data's classes. Of a model that was made elsewhere only
 * their number is known.
 * @param name the field that names the model
 * @throws ModelError when not
 */
export function expectSameTask(name: string, model: OpenedModel, { classes, image }: DatasetRecord): void {
  const who = `${name}: received ${model.reference}`;
  expectPicturesFor(name, model, image);
  if (!model.classes) {
    if (model.outputs === classes.length) return;
    throw new ModelError(`${who} with ${model.outputs} classes, expected the ${classes.length} of the data`);
  }
  if (isDeepStrictEqual(model.classes, classes)) return;
  throw new ModelError(
    `${who} with the classes ${model.classes.join(', ')}, expected those of the data: ${classes.join(', ')}`,
  );
}

/** @throws ModelError when a model takes other pictures than the data has */
export function expectPicturesFor(name: string, model: OpenedModel, image: ImageShape): void {
  if (isDeepStrictEqual(shapeText(model.image), shapeText(image))) return;
  throw new ModelError(
    `${name}: received ${model.reference}, which takes ${shapeText(model.image)}, expected a model for the data's ${shapeText(image)}: leave data.image out, or set it to the model's`,
  );
}
