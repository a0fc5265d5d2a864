import { sameClasses, withClassOrder } from './class-order.js';
import { ModelError } from './errors.js';
import type { OpenedModel } from './methods.js';
import type { DatasetRecord, ImageShape } from './records.js';

function shapeText({ width, height, channels }: ImageShape): string {
  return `${width} x ${height} pictures in ${channels === 1 ? 'gray' : 'colour'}`;
}

/** What must be known of a model to tell what it is for. */
type TaskModel = Pick<OpenedModel, 'reference' | 'name' | 'classes' | 'apart' | 'outputs' | 'image'>;

/** `clothes (clothes@3)`: which of them it was when the work began. */
function named({ reference, name }: TaskModel): string {
  return name === reference ? reference : `${reference} (${name})`;
}

/**
 * Whether a model decides on the data's pictures between the data's classes, in whatever order. Of a model that was
 * made elsewhere only their number is known, and it is taken to have the data's order.
 * @param name the field that names the model
 * @returns the data, its labels numbered as the model numbers its classes
 * @throws ModelError when not
 */
export function expectSameTask<T extends Pick<DatasetRecord, 'classes' | 'classNumbers' | 'image'>>(
  name: string,
  model: TaskModel,
  dataset: T,
): T {
  const { classes, image } = dataset;
  const who = `${name}: received ${named(model)}`;
  expectImageShape(name, model, image);
  if (!model.classes) {
    if (model.outputs === classes.length) return dataset;
    throw new ModelError(`${who} with ${model.outputs} classes, expected the ${classes.length} of the data`);
  }
  if (sameClasses(model.classes, classes)) return withClassOrder(dataset, model.classes);
  throw new ModelError(
    `${who} with the classes ${model.classes.join(', ')}, expected those of the data: ${classes.join(', ')}`,
  );
}

/** Of a model whose classes are tasks apart, what is wrong with that where all are to compete. */
export function describeSeparateTasks({
  classes = [],
  apart,
}: Pick<OpenedModel, 'classes' | 'apart'>): string | undefined {
  if (apart === undefined) return undefined;
  const inWords = (task: readonly string[]) => task.join(', ');
  return `whose classes ${inWords(classes.slice(0, apart))} never learnt to compete with ${inWords(classes.slice(apart))}`;
}

/**
 * The same, of a model that others learn from: all of its classes must compete.
 * @throws ModelError also when they are tasks apart, as after an extension with `heads: separate`
 */
export function expectTeacher<T extends Pick<DatasetRecord, 'classes' | 'classNumbers' | 'image'>>(
  name: string,
  model: TaskModel,
  dataset: T,
): T {
  const numbered = expectSameTask(name, model, dataset);
  const tasks = describeSeparateTasks(model);
  if (!tasks) return numbered;
  throw new ModelError(
    `${name}: received ${named(model)}, ${tasks}, expected a model that tells all of them apart: what it says among all would teach nonsense; transfer it to these classes first, or extend with heads: joint`,
  );
}

/** @throws ModelError when a model takes other pictures than the data has */
export function expectImageShape(name: string, model: TaskModel, image: ImageShape): void {
  if (shapeText(model.image) === shapeText(image)) return;
  throw new ModelError(
    `${name}: received ${named(model)}, which takes ${shapeText(model.image)}, expected a model for the data's ${shapeText(image)}: leave data.image out, or set it to the model's`,
  );
}
