/**
 * In which order classes are numbered. A data set sorts their names; a model has the order of what it was made of, and
 * one that has learnt more classes the new ones behind the old.
 */
import { ModelError } from './errors.js';
import type { DatasetRecord } from './records.js';

type Numbered = Pick<DatasetRecord, 'classes' | 'classNumbers'>;

/** Whether two lists are of the same classes, whatever their order. */
export function sameClasses(one: readonly string[], other: readonly string[]): boolean {
  const known = new Set(one);
  return one.length === other.length && other.every((name) => known.has(name));
}

/**
 * Where each class stands in another list.
 * @returns [classes] numbers among the others
 * @throws ModelError when a class is not there
 */
export function indicesIn(classes: readonly string[], others: readonly string[]): number[] {
  const numbers = new Map(others.map((name, number) => [name, number]));
  return classes.map((name) => {
    const number = numbers.get(name);
    if (number !== undefined) return number;
    throw new ModelError(`classes: received "${name}", expected one of ${others.join(', ')}`);
  });
}

/**
 * A data set whose labels are numbered as a model numbers its classes.
 * @param classes of the model, which may know more than the data set has
 * @throws ModelError when the model does not know one of the data set's
 */
export function withClassOrder<T extends Numbered>(dataset: T, classes: readonly string[]): T {
  const numbers = indicesIn(dataset.classes, classes);
  if (isInOrder(numbers) && numbers.length === classes.length) return dataset;
  const { classNumbers = dataset.classes.map((_, number) => number) } = dataset;
  return { ...dataset, classes, classNumbers: classNumbers.map((number) => numbers[number]!) };
}

/**
 * Which output of a model each class of a data set is: what brings the model's answers to the data set's order.
 * @returns [classes] numbers among the model's; undefined where both number them alike
 * @throws ModelError when the model does not know a class
 */
export function outputOrder(
  classes: readonly string[],
  ofModel: readonly string[],
): readonly number[] | undefined {
  const outputs = indicesIn(classes, ofModel);
  return isInOrder(outputs) ? undefined : outputs;
}

/**
 * The same of several models, all of them where one has another order; undefined where none has. A model that was made
 * elsewhere, whose classes have no names, is taken to have the data set's.
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
  return numbers.every((number, place) => number === place);
}
