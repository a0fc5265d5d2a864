import { sameClasses, withClassOrder } from './class-order.js';
import { ModelError } from './errors.js';
import { namesText } from './names-text.js';
import type { DatasetRecord, ImageShape, OpenedModel } from './records.js';

function shapeText({ width, height, channels }: ImageShape): string {
  return `${width} x ${height} pictures in ${channels === 1 ? 'gray' : 'colour'}`;
}

/** The properties of a model that define its task. */
type TaskModel = Pick<OpenedModel, 'reference' | 'name' | 'classes' | 'taskBoundary' | 'outputs' | 'image'>;

/** `clothes (clothes@3)`: the reference and the version that it resolved to. */
function nameText({ reference, name }: TaskModel): string {
  return name === reference ? reference : `${reference} (${name})`;
}

/**
 * Checks that a model has the data's image shape and classes, in any order. A model from elsewhere has no class names:
 * it must have as many outputs, and is assumed to have the data's class order.
 * @param name the configuration field that names the model
 * @returns the data with labels numbered in the model's class order
 * @throws ModelError when the shape or the classes differ
 */
export function expectSameTask<T extends Pick<DatasetRecord, 'classes' | 'classNumbers' | 'image'>>(
  name: string,
  model: TaskModel,
  dataset: T,
): T {
  const { classes, image } = dataset;
  const received = `${name}: received ${nameText(model)}`;
  expectImageShape(name, model, image);
  if (!model.classes) {
    if (model.outputs === classes.length) return dataset;
    throw new ModelError(
      `${received} with ${model.outputs} classes, expected the ${classes.length} of the data: transfer the model to these classes, or correct data.labelled`,
    );
  }
  if (sameClasses(model.classes, classes)) return withClassOrder(dataset, model.classes);
  throw new ModelError(
    `${received} with the classes ${namesText(model.classes, classes)}, expected those of the data, ${namesText(classes, model.classes)}: transfer the model to these classes, or correct data.labelled`,
  );
}

/** Explains why the classes of a model with separate tasks can't be compared; undefined if it has one task. */
export function describeSeparateTasks({
  classes = [],
  taskBoundary,
}: Pick<OpenedModel, 'classes' | 'taskBoundary'>): string | undefined {
  if (taskBoundary === undefined) return undefined;
  return `whose classes ${namesText(classes.slice(0, taskBoundary))} never learnt to compete with ${namesText(classes.slice(taskBoundary))}`;
}

/**
 * Like {@link expectSameTask}, for a teacher: all of its classes must share one softmax.
 * @throws ModelError also when its classes are separate tasks, as after an extension with `heads: separate`
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
    `${name}: received ${nameText(model)}, ${tasks}, expected a model that decides between all of them: transfer it to these classes first, or extend with heads: joint`,
  );
}

/** @throws ModelError when a model's input shape differs from the data's */
export function expectImageShape(name: string, model: TaskModel, image: ImageShape): void {
  if (shapeText(model.image) === shapeText(image)) return;
  throw new ModelError(
    `${name}: received ${nameText(model)}, which takes ${shapeText(model.image)}, expected a model for the data's ${shapeText(image)}: leave data.image out, or set it to the model's`,
  );
}
