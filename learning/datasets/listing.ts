import type { ClassesNeeded, DataConfig, DataSource } from '../../domain/config/data.js';
import { DataError } from '../../domain/errors.js';
import { matchAnswers } from './answers/match-answers.js';
import { type Answer, readAnswers } from './answers/read-answers.js';
import { expectBudget, picturesByClass } from './budget.js';
import { expectThere } from './expect-there.js';
import type { Part } from './parts.js';
import { listSource } from './sources/list-source.js';
import type { Picture, SourceListing } from './sources/source.js';

/** What a configuration's sources hold, checked as far as names and labels tell. */
export interface Listing {
  readonly classes: readonly string[];
  readonly pictures: Readonly<Record<Part, readonly Picture[]>>;
  readonly stamps: Readonly<Record<Part, readonly string[]>>;
  /** Labels that people have given since, by the picture's name. */
  readonly answers: ReadonlyMap<string, Answer>;
}

/** A test set is of the classes that are learnt, unless it names some itself. */
function withClassesOf(labelled: DataSource, source: DataSource): DataSource {
  const named = withNamesOf(labelled, source);
  if (named.format === 'folder' || labelled.format === 'folder') return named;
  return !named.only && labelled.only ? { ...named, only: labelled.only } : named;
}

/** A source of the same kind is numbered like the labelled one, so the names need to be given once only. */
function withNamesOf(labelled: DataSource, source: DataSource): DataSource {
  if (source.format !== 'idx' && source.format !== 'cifar') return source;
  if (source.classes || source.format !== labelled.format || !labelled.classes) return source;
  return { ...source, classes: labelled.classes };
}

function expectLabels(source: DataSource, field: string): void {
  if (source.format === 'folder') {
    throw new DataError(`${field}.format: "folder" has no labels, expected class-folders, csv, idx or cifar`);
  }
  if (source.format === 'idx' && source.labels === undefined) {
    throw new DataError(`${field}.labels: received none, expected an IDX file of labels`);
  }
}

const TO_CHOOSE_BETWEEN: ClassesNeeded = { atLeast: 2 };

function checkLabelled(
  { classes, pictures }: SourceListing,
  data: DataConfig,
  { atLeast, because }: ClassesNeeded,
): void {
  if (classes.length === 0) throw new DataError('data.labelled: no picture has a label');
  if (classes.length < atLeast) {
    throw new DataError(
      `data.labelled: received one class ("${classes[0]}"), expected at least two${because ? `: ${because}` : ''}`,
    );
  }
  const counts = picturesByClass(pictures.map(({ label }) => label));
  expectBudget(
    data,
    classes,
    classes.map((name) => counts.get(name) ?? 0),
  );
}

function checkTest({ pictures }: SourceListing, classes: readonly string[]): void {
  const counts = picturesByClass(pictures.map(({ label }) => label));
  const unlabelled = counts.get(undefined);
  if (unlabelled)
    throw new DataError(`data.test: ${unlabelled} pictures have no label, expected one for each`);
  expectKnown(counts.keys(), classes, 'data.test', 'name classes alike in both');
}

/** How a source is to name no classes. */
const WITHOUT_CLASSES: Partial<Record<DataSource['format'], string>> = {
  'class-folders': ', or say format: folder, which looks at no classes',
  csv: ', or empty its labels',
  idx: ', or leave data.unlabelled.labels out',
};

/** Classes of unlabelled images choose nothing, but where they are named, one that nobody has labelled is a slip. */
function checkUnlabelled(
  { pictures }: SourceListing,
  classes: readonly string[],
  format: DataSource['format'],
): void {
  const named = picturesByClass(pictures.flatMap(({ label }) => label ?? [])).keys();
  const without = WITHOUT_CLASSES[format] ?? '';
  const instead = `label some of it, leave it out (data.unlabelled.only names the classes to take)${without}`;
  expectKnown(named, classes, 'data.unlabelled', instead);
}

function expectKnown(
  named: Iterable<string | undefined>,
  classes: readonly string[],
  field: string,
  instead: string,
): void {
  const unknown = [...named].filter((name) => !classes.includes(name!)).map((name) => `"${name}"`);
  if (unknown.length === 0) return;
  throw new DataError(
    `${field}: class ${unknown.slice(0, 5).join(', ')} is unknown in data.labelled, which has ${classes.map((name) => `"${name}"`).join(', ')}: ${instead}`,
  );
}

const NOTHING: SourceListing = { classes: [], pictures: [], stamps: [] };

export interface ListOptions {
  /** Called as each file is looked at; what it throws ends the listing. */
  readonly watch?: () => void;
  /** Two where nothing is said. */
  readonly classesNeeded?: ClassesNeeded;
  /** True where labels of unlabelled images are not looked at, be they of classes that are labelled or not. */
  readonly unlabelledOfAnyClass?: boolean;
}

/**
 * Lists all sources of a configuration and raises whatever can be known without decoding a picture.
 * @throws DataError
 */
export async function listData(
  data: DataConfig,
  {
    watch = () => undefined,
    classesNeeded = TO_CHOOSE_BETWEEN,
    unlabelledOfAnyClass = false,
  }: ListOptions = {},
): Promise<Listing> {
  expectLabels(data.labelled, 'data.labelled');
  if (data.test) expectLabels(data.test, 'data.test');
  const list = async (source: DataSource | undefined, part: Part) => {
    const wantsLabels = part !== 'unlabelled' || (!unlabelledOfAnyClass && 'where-given');
    return source ? await listSource(source, { field: `data.${part}`, wantsLabels, watch }) : NOTHING;
  };
  const labelled = await list(data.labelled, 'labelled');
  checkLabelled(labelled, data, classesNeeded);
  expectThere(labelled.pictures, 'data.labelled.path');
  const unlabelled = await list(data.unlabelled && withNamesOf(data.labelled, data.unlabelled), 'unlabelled');
  if (data.unlabelled && !unlabelledOfAnyClass) {
    checkUnlabelled(unlabelled, labelled.classes, data.unlabelled.format);
    expectThere(unlabelled.pictures, 'data.unlabelled.path');
  }
  const test = await list(data.test && withClassesOf(data.labelled, data.test), 'test');
  checkTest(test, labelled.classes);
  expectThere(test.pictures, 'data.test.path');
  const { classes } = labelled;
  const pictures = { labelled: labelled.pictures, unlabelled: unlabelled.pictures, test: test.pictures };
  const answers = data.answers === undefined ? [] : await readAnswers(data.answers);
  const { validationPerClass } = data;
  return {
    classes,
    pictures,
    answers: matchAnswers(answers, { classes, pictures, validationPerClass }),
    stamps: { labelled: labelled.stamps, unlabelled: unlabelled.stamps, test: test.stamps },
  };
}
