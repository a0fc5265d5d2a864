import { UnreadablePicture } from '../../learning/datasets/decode/picture-file.js';
import type { Picture as Source, SourceListing } from '../../learning/datasets/sources/source.js';
import type { Copy } from '../../learning/survey/copies.js';
import type { Survey } from '../../learning/survey/survey-listing.js';
import { decodeWithin } from '../sheet/decode-within.js';
import { type Cell, inRows, type Row, type Sheet } from '../sheet/sheet.js';
import { countOf, countText } from '../view/quantities.js';

const SIDE = 112;
const SAMPLES = 10;
const UNLABELLED_SAMPLES = 60;
const MOST_CLASSES = 100;
const MOST_NAMED = 20;
const MOST_CONFLICTS = 5;

/** Returns at most so many items, evenly spaced. */
function evenlySpaced<Item>(items: readonly Item[], most: number): Item[] {
  if (items.length <= most) return [...items];
  return Array.from({ length: most }, (_, index) => items[Math.floor((index * items.length) / most)]!);
}

async function cellOf(source: Source, lines: readonly string[]): Promise<Cell[]> {
  try {
    return [{ picture: await decodeWithin(source, SIDE), lines }];
  } catch (error) {
    // The survey read it: it was removed or changed since.
    if (error instanceof UnreadablePicture) return [];
    throw error;
  }
}

async function cellsOf(sources: readonly Source[]): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (const source of sources) cells.push(...(await cellOf(source, [])));
  return cells;
}

async function conflictRows(
  conflicts: ReadonlyArray<readonly Copy[]>,
  sources: ReadonlyMap<string, Source>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const group of conflicts.slice(0, MOST_CONFLICTS)) {
    const cells: Cell[] = [];
    for (const { name, label } of group.slice(0, SAMPLES)) {
      cells.push(...(await cellOf(sources.get(name)!, [label ?? 'no label', endOf(name)])));
    }
    rows.push({ title: ['Same pixels', 'different labels'], cells });
  }
  return rows;
}

function endOf(name: string): string {
  return name.split(/[\\/]/).at(-1)!;
}

/** Draws some pictures of each class and those in more than one class; lists those that can't be read. */
export async function sampleSheet(title: string, listing: SourceListing, survey: Survey): Promise<Sheet> {
  const unreadable = new Set(survey.unreadable.map(({ picture }) => picture));
  const readable = listing.pictures.filter(({ name }) => !unreadable.has(name));
  const byName = new Map(readable.map((picture) => [picture.name, picture]));
  const rows: Row[] = [];
  const shown = survey.classes.slice(0, MOST_CLASSES);
  const byClass = new Map(shown.map(({ name }) => [name, [] as Source[]]));
  for (const picture of readable) if (picture.label !== undefined) byClass.get(picture.label)?.push(picture);
  for (const { name, pictures } of shown) {
    const cells = await cellsOf(evenlySpaced(byClass.get(name)!, SAMPLES));
    rows.push({ title: [name, countOf(pictures, 'picture')], cells });
  }
  if (shown.length === 0)
    rows.push(...inRows(await cellsOf(evenlySpaced(readable, UNLABELLED_SAMPLES)), SAMPLES));
  rows.push(...(await conflictRows(survey.copies.conflicts, byName)));

  const named = survey.unreadable.slice(0, MOST_NAMED);
  const more = survey.unreadable.length - named.length;
  const left = survey.classes.length - shown.length;
  const counted = [
    countOf(survey.pictures, 'picture'),
    ...(survey.classes.length > 0 ? [countOf(survey.classes.length, 'class', 'classes')] : []),
    ...(left > 0 ? [`the first ${MOST_CLASSES} are shown`] : []),
    ...(survey.copies.redundant > 0 ? [countOf(survey.copies.redundant, 'copy', 'copies')] : []),
    ...(survey.unreadable.length > 0 ? [`${countText(survey.unreadable.length)} unreadable`] : []),
  ];
  return {
    title,
    remark: counted.join(', '),
    rows,
    foot: [
      ...(named.length > 0 ? ['Can’t be read:'] : []),
      ...named.map(({ picture, reason }) => `${picture}: ${reason}`),
      ...(more > 0 ? [`and ${countText(more)} more`] : []),
    ],
  };
}
