import type { ClassesNeeded, DataConfig, DataSource } from '../../domain/config/data.js';
import { joinLeftOut, type LeftOut } from '../../domain/left-out.js';
import { checkLabelled, checkTest, checkUnlabelled, expectLabelSource } from './check-listing.js';
import { STORED_EXAMPLES } from './collect-left-out.js';
import { DATA_FIELDS, type DataFields } from './data-fields.js';
import { expectFiles } from './expect-files.js';
import { matchLabels } from './label-files/match-labels.js';
import { type FileLabel, readLabelFiles } from './label-files/read-label-files.js';
import type { Part } from './parts.js';
import { listSource } from './sources/list-source.js';
import type { Picture, SourceListing } from './sources/source.js';

/** All pictures of a configuration's sources, with names and labels checked; nothing is decoded yet. */
export interface Listing {
  readonly classes: readonly string[];
  readonly pictures: Readonly<Record<Part, readonly Picture[]>>;
  readonly stamps: Readonly<Record<Part, readonly string[]>>;
  /** What the sources passed over. */
  readonly leftOut: readonly LeftOut[];
  /** Labels from label files, by the picture's name. */
  readonly newLabels: ReadonlyMap<string, FileLabel>;
}

/** Gives a test source the classes of the labelled one, unless it names its own. */
function withClassesOf(labelled: DataSource, source: DataSource): DataSource {
  const named = withNamesOf(labelled, source);
  if (named.format === 'folder' || labelled.format === 'folder') return named;
  return !named.only && labelled.only ? { ...named, only: labelled.only } : named;
}

/** A source of the labelled one's format has the same class numbers, so the class names are given only once. */
function withNamesOf(labelled: DataSource, source: DataSource): DataSource {
  if (source.format !== 'idx' && source.format !== 'cifar') return source;
  if (source.classes || source.format !== labelled.format || !labelled.classes) return source;
  return { ...source, classes: labelled.classes };
}

const EMPTY: SourceListing = { classes: [], pictures: [], stamps: [], leftOut: [] };

export interface ListOptions {
  /** Called for each file; an error that it throws ends the listing. */
  readonly watch?: () => void;
  /** At least two classes by default. */
  readonly classesNeeded?: ClassesNeeded;
  /** If true, labels of unlabelled images are not checked. */
  readonly unlabelledOfAnyClass?: boolean;
  /** Configuration paths for error messages, where they are not those of `data`. */
  readonly fields?: Partial<DataFields>;
}

/**
 * Lists all sources of a configuration and checks everything that names and labels show, without decoding pictures.
 * @throws DataError
 */
export async function listData(data: DataConfig, options: ListOptions = {}): Promise<Listing> {
  const { watch = () => undefined, classesNeeded = { atLeast: 2 }, unlabelledOfAnyClass = false } = options;
  const fields = { ...DATA_FIELDS, ...options.fields };
  expectLabelSource(data.labelled, fields.labelled);
  if (data.test) expectLabelSource(data.test, fields.test);
  const list = async (source: DataSource | undefined, part: Part) => {
    const wantsLabels = part !== 'unlabelled' || (!unlabelledOfAnyClass && 'where-given');
    return source ? await listSource(source, { field: fields[part], wantsLabels, watch }) : EMPTY;
  };
  const labelled = await list(data.labelled, 'labelled');
  checkLabelled(labelled, data, classesNeeded, fields);
  expectFiles(labelled.pictures, `${fields.labelled}.path`);
  const { classes } = labelled;
  const unlabelled = await list(data.unlabelled && withNamesOf(data.labelled, data.unlabelled), 'unlabelled');
  if (data.unlabelled && !unlabelledOfAnyClass) {
    checkUnlabelled(unlabelled, classes, data.unlabelled.format, fields);
    expectFiles(unlabelled.pictures, `${fields.unlabelled}.path`);
  }
  const test = await list(data.test && withClassesOf(data.labelled, data.test), 'test');
  checkTest(test, classes, fields);
  expectFiles(test.pictures, `${fields.test}.path`);
  const pictures = { labelled: labelled.pictures, unlabelled: unlabelled.pictures, test: test.pictures };
  const rows = data.answers === undefined ? [] : await readLabelFiles(data.answers, fields.answers);
  const { validationPerClass } = data;
  return {
    classes,
    pictures,
    newLabels: matchLabels(rows, { classes, pictures, validationPerClass, fields }),
    leftOut: joinLeftOut([labelled.leftOut, unlabelled.leftOut, test.leftOut], STORED_EXAMPLES),
    stamps: { labelled: labelled.stamps, unlabelled: unlabelled.stamps, test: test.stamps },
  };
}
