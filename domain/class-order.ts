/**
 * The order in which classes are numbered. A data set sorts class names. A model keeps the order of its training data;
 * a model that was extended has its new classes after the old ones.
 */
import { ModelError } from './errors.js';
import { namesText } from './names-text.js';
import type { DatasetRecord } from './records.js';

type Numbered = Pick<DatasetRecord, 'classes' | 'classNumbers'>;

/** Whether two lists have the same classes in any order. */
export function sameClasses(one: readonly string[], other: readonly string[]): boolean {
  const known = new Set(one);
  return one.length === other.length && other.every((name) => known.has(name));
}

/**
 * Returns the index of each class in another list.
 * @throws ModelError when that list lacks a class
 */
function indicesIn(classes: readonly string[], others: readonly string[]): number[] {
  const numbers = new Map(others.map((name, number) => [name, number]));
  return classes.map((name) => {
    const number = numbers.get(name);
    if (number !== undefined) return number;
    throw new ModelError(`classes: received "${name}", expected one of ${namesText(others)}`);
  });
}

/**
 * Returns the data set with labels numbered in a model's class order.
 * @param classes of the model, which may have more classes than the data set
 * @throws ModelError when the model lacks a class of the data set
 */
export function withClassOrder<T extends Numbered>(dataset: T, classes: readonly string[]): T {
  const numbers = indicesIn(dataset.classes, classes);
  if (isInOrder(numbers) && numbers.length === classes.length) return dataset;
  const { classNumbers = dataset.classes.map((_, number) => number) } = dataset;
  return { ...dataset, classes, classNumbers: classNumbers.map((number) => numbers[number]!) };
}

/**
 * Returns the model output of each class of a data set, to reorder the model's predictions.
 * @returns [classes] output indices; undefined if the orders are the same
 * @throws ModelError when the model lacks a class
 */
export function outputOrder(
  classes: readonly string[],
  ofModel: readonly string[],
): readonly number[] | undefined {
  const outputs = indicesIn(classes, ofModel);
  return isInOrder(outputs) ? undefined : outputs;
}

/**
 * Returns {@link outputOrder} of several models, for all of them if at least one differs; undefined if none does. A
 * model from elsewhere has no class names and is assumed to have the data set's order.
 */
export function outputOrders(
  classes: readonly string[],
  models: ReadonlyArray<{ readonly classes?: readonly string[] }>,
): ReadonlyArray<readonly number[]> | undefined {
  const outputs = models.map((model) => model.classes && outputOrder(classes, model.classes));
  if (outputs.every((own) => own === undefined)) return undefined;
  return outputs.map((own) => own ?? classes.map((_, number) => number));
}

function isInOrder(numbers: readonly number[]): boolean {
  return numbers.every((number, index) => number === index);
}
