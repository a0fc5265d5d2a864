import { availableParallelism } from 'node:os';
import { joinLeftOut, type LeftOut } from '../../domain/left-out.js';
import { picturesByClass } from '../datasets/budget.js';
import { LeftOutCollector, STORED_EXAMPLES } from '../datasets/collect-left-out.js';
import { inOrder } from '../datasets/decode/in-order.js';
import { inspectPicture, type PictureFacts } from '../datasets/decode/inspect-picture.js';
import { UnreadablePicture } from '../datasets/decode/picture-file.js';
import type { Picture, SourceListing } from '../datasets/sources/source.js';
import { type Copies, findCopies } from './copies.js';
import { type Sizes, sizesOf } from './sizes.js';

export interface ClassCount {
  readonly name: string;
  readonly pictures: number;
  readonly unreadable: number;
}

/** Readable pictures of each kind. */
export type Kinds = Readonly<
  Record<
    'gray' | 'colour' | 'colourless' | 'alpha' | 'exifTurned' | 'animated' | 'cmyk' | 'sixteenBit',
    number
  >
>;

/** The contents of a data set. Pictures have the names that the source gives them. */
export interface Survey {
  readonly pictures: number;
  readonly readable: number;
  readonly unlabelled: number;
  /** In the order of the class indices. */
  readonly classes: readonly ClassCount[];
  /** Absent if no picture is readable. */
  readonly sizes?: Sizes;
  readonly kinds: Kinds;
  readonly formats: Readonly<Record<string, number>>;
  readonly copies: Copies;
  readonly unreadable: ReadonlyArray<{ readonly picture: string; readonly reason: string }>;
  /** What the source passed over, and pictures with errors in their files that decoded completely. */
  readonly leftOut: readonly LeftOut[];
}

type Inspected = { readonly picture: Picture } & (
  | { readonly facts: PictureFacts }
  | { readonly reason: string }
);

async function inspect(picture: Picture): Promise<Inspected> {
  try {
    return { picture, facts: await inspectPicture(picture) };
  } catch (error) {
    if (!(error instanceof UnreadablePicture)) throw error;
    return { picture, reason: error.message };
  }
}

function kindsOf(facts: readonly PictureFacts[]): Kinds {
  const count = (is: (one: PictureFacts) => boolean) => facts.filter(is).length;
  return {
    gray: count(({ shape }) => shape.channels === 1),
    colour: count(({ shape }) => shape.channels === 3),
    colourless: count(({ isColourless }) => isColourless),
    alpha: count(({ hasAlpha }) => hasAlpha),
    exifTurned: count(({ isTurned }) => isTurned),
    animated: count(({ isAnimated }) => isAnimated),
    cmyk: count(({ isCmyk }) => isCmyk),
    sixteenBit: count(({ is16Bit }) => is16Bit),
  };
}

function countBy<Item>(items: readonly Item[], key: (item: Item) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[key(item)] = (counts[key(item)] ?? 0) + 1;
  return counts;
}

function countClasses(
  names: readonly string[],
  readable: readonly Inspected[],
  unreadable: readonly Inspected[],
): ClassCount[] {
  const good = picturesByClass(readable.map(({ picture }) => picture.label));
  const bad = picturesByClass(unreadable.map(({ picture }) => picture.label));
  return names.map((name) => ({ name, pictures: good.get(name) ?? 0, unreadable: bad.get(name) ?? 0 }));
}

/**
 * Decodes each picture of a listing once. Keeps sizes and fingerprints, no pixels.
 * @param onProgress receives the number of pictures read so far
 */
export async function surveyListing(
  { classes, pictures, leftOut }: SourceListing,
  onProgress: (done: number) => void,
): Promise<Survey> {
  const readable: Array<{ readonly picture: Picture; readonly facts: PictureFacts }> = [];
  const unreadable: Array<{ readonly picture: Picture; readonly reason: string }> = [];
  let done = 0;
  for await (const inspected of inOrder(pictures, 2 * availableParallelism() + 2, inspect)) {
    if ('facts' in inspected) readable.push(inspected);
    else unreadable.push(inspected);
    onProgress(++done);
  }
  const facts = readable.map((one) => one.facts);
  const mended = new LeftOutCollector();
  for (const {
    picture,
    facts: { warning },
  } of readable) {
    if (warning !== undefined) mended.add('mended', picture.name, warning);
  }
  const sizes = sizesOf(facts.map(({ shape }) => shape));
  return {
    pictures: pictures.length,
    readable: readable.length,
    unlabelled: pictures.filter(({ label }) => label === undefined).length,
    classes: countClasses(classes, readable, unreadable),
    ...(sizes && { sizes }),
    kinds: kindsOf(facts),
    formats: countBy(facts, ({ format }) => format),
    copies: findCopies(
      readable.map(({ picture, facts: { fingerprint } }) => ({
        name: picture.name,
        fingerprint,
        ...(picture.label !== undefined && { label: picture.label }),
      })),
    ),
    unreadable: unreadable.map(({ picture, reason }) => ({ picture: picture.name, reason })),
    leftOut: joinLeftOut([leftOut, mended.list()], STORED_EXAMPLES),
  };
}
