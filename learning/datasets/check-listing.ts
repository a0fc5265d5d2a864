import type { ClassesNeeded, DataSource } from '../../domain/config/data.js';
import { DataError } from '../../domain/errors.js';
import { quotedNamesText } from '../../domain/names-text.js';
import { type Budget, expectBudget, picturesByClass } from './budget.js';
import type { DataFields } from './data-fields.js';
import type { SourceListing } from './sources/source.js';

/** @throws DataError when the source has no labels by its configuration */
export function expectLabelSource(source: DataSource, field: string): void {
  if (source.format === 'folder') {
    throw new DataError(`${field}.format: "folder" has no labels, expected class-folders, csv, idx or cifar`);
  }
  if (source.format === 'idx' && source.labels === undefined) {
    throw new DataError(`${field}.labels: received none, expected an IDX file of labels`);
  }
}

/** @throws DataError when there are too few classes, or a class has too few pictures */
export function checkLabelled(
  { classes, pictures }: SourceListing,
  budget: Budget,
  { atLeast, because }: ClassesNeeded,
  fields: DataFields,
): void {
  if (classes.length === 0) throw new DataError(`${fields.labelled}: no picture has a label`);
  if (classes.length < atLeast) {
    throw new DataError(
      `${fields.labelled}: received one class ("${classes[0]}"), expected at least two${because ? `: ${because}` : ''}`,
    );
  }
  const counts = picturesByClass(pictures.map(({ label }) => label));
  const inOrder = classes.map((name) => counts.get(name) ?? 0);
  expectBudget(budget, classes, inOrder, fields);
}

/** @throws DataError when a test picture has no label, or one that the labelled source does not have */
export function checkTest(
  { pictures }: SourceListing,
  classes: readonly string[],
  { test, labelled }: DataFields,
): void {
  const counts = picturesByClass(pictures.map(({ label }) => label));
  const unlabelled = counts.get(undefined);
  if (unlabelled) throw new DataError(`${test}: ${unlabelled} pictures have no label, expected one for each`);
  expectKnown(counts.keys(), { classes, labelled }, test, 'use the same class names in both');
}

/** How to leave the classes of an unlabelled source out, by its format. */
function withoutClasses(format: DataSource['format'], field: string): string {
  if (format === 'class-folders') return ', or set format: folder, which ignores classes';
  if (format === 'csv') return ', or empty its labels';
  return format === 'idx' ? `, or leave ${field}.labels out` : '';
}

/**
 * Labels of unlabelled images are not used, but a class that no labelled image has is most likely a mistake.
 * @throws DataError naming such classes
 */
export function checkUnlabelled(
  { pictures }: SourceListing,
  classes: readonly string[],
  format: DataSource['format'],
  { unlabelled, labelled }: DataFields,
): void {
  const named = picturesByClass(pictures.flatMap(({ label }) => label ?? [])).keys();
  const instead = `label some of it, leave it out (${unlabelled}.only names the classes to take)${withoutClasses(format, unlabelled)}`;
  expectKnown(named, { classes, labelled }, unlabelled, instead);
}

function expectKnown(
  named: Iterable<string | undefined>,
  { classes, labelled }: { readonly classes: readonly string[]; readonly labelled: string },
  field: string,
  instead: string,
): void {
  const unknown = [...named].filter((name) => !classes.includes(name!)).map((name) => `"${name}"`);
  if (unknown.length === 0) return;
  throw new DataError(
    `${field}: class ${unknown.slice(0, 5).join(', ')} is unknown in ${labelled}, which has ${quotedNamesText(classes)}: ${instead}`,
  );
}
