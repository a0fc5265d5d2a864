import { nearest } from '../../../domain/config/known-keys.js';
import { quotedNamesText } from '../../../domain/names-text.js';
import type { DataFields } from '../data-fields.js';
import type { Part } from '../parts.js';
import type { Picture } from '../sources/source.js';
import { withSlashes } from '../sources/written-path.js';
import { type FileLabel, picturePath } from './read-label-files.js';
import { refuseLabels } from './refuse-labels.js';

/** The listed sources. */
interface Sources {
  readonly classes: readonly string[];
  readonly pictures: Readonly<Record<Part, readonly Picture[]>>;
  readonly validationPerClass: number;
  readonly fields: DataFields;
}

function unknownClass(row: FileLabel, { classes, validationPerClass, fields }: Sources): string {
  const near = nearest(row.label, classes);
  const known = near?.isClose ? `did you mean "${near.word}"?` : `it has ${quotedNamesText(classes)}.`;
  return `${row.place}: class "${row.label}" is unknown in ${fields.labelled}; ${known} A new class needs pictures there, at least ${validationPerClass + 1} (${fields.validationPerClass} and one more)`;
}

/** Labels by picture name. Labels of the unlabelled source are not used, so a label file may contradict them. */
function labelsByName({ labelled, unlabelled }: Sources['pictures']): Map<string, string | undefined> {
  const labels = new Map<string, string | undefined>(unlabelled.map(({ name }) => [name, undefined]));
  for (const { name, label } of labelled) labels.set(name, label);
  return labels;
}

/**
 * Finds the listed picture of each row of the label files.
 * @returns rows by picture name
 * @throws DataError with file and line of every row that names an unlisted picture, an unknown class, or another
 * label than the picture already has
 */
export function matchLabels(rows: readonly FileLabel[], sources: Sources): Map<string, FileLabel> {
  const { classes, pictures, fields } = sources;
  const known = labelsByName(pictures);
  const inTest = new Set(pictures.test.map(({ name }) => name));
  const matched = new Map<string, FileLabel>();
  const problemOf = (row: FileLabel): string | undefined => {
    const names = [row.path, picturePath(row), picturePath({ ...row, path: withSlashes(row.path) })];
    const name = names.find((one) => known.has(one)) ?? picturePath(row);
    if (!known.has(name)) {
      const why =
        inTest.has(name) || inTest.has(row.path)
          ? `is one of ${fields.test}, which is not trained on`
          : `is none of ${fields.unlabelled} or ${fields.labelled} (paths are relative to the CSV file)`;
      return `${row.place}: the picture "${row.path}" ${why}`;
    }
    if (!classes.includes(row.label)) return unknownClass(row, sources);
    const label = known.get(name);
    if (label !== undefined && label !== row.label) {
      return `${row.place}: "${row.path}" gets the label "${row.label}", but has "${label}" in ${fields.labelled}`;
    }
    const earlier = matched.get(name);
    if (earlier && earlier.label !== row.label) {
      return `${row.place}: "${row.path}" gets the label "${row.label}", but "${earlier.label}" in ${earlier.place}`;
    }
    if (!earlier) matched.set(name, row);
    return undefined;
  };
  const problems = rows.flatMap((row) => problemOf(row) ?? []);
  refuseLabels(fields.answers, problems, rows.length, 'correct or remove their rows');
  return matched;
}
