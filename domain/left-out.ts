import { z } from 'zod';
import { countOf, countText } from './quantities.js';

const files = (count: number) => countOf(count, 'file');
const pictures = (count: number) => countOf(count, 'picture');
const were = (count: number) => (count === 1 ? 'was' : 'were');
const ofAll = (count: number, of: number | undefined, rest: string) =>
  `${countText(count)}${of === undefined ? '' : ` of ${countText(of)}`} ${count === 1 && of === undefined ? 'picture' : 'pictures'} ${rest}`;

/** What a data set leaves out or changes, by kind, in words. The order is that of the display. */
const TEXTS = {
  unreadable: (count) => `${pictures(count)} can’t be read`,
  contradictory: (count) =>
    `${countOf(count, 'label')} ${were(count)} dropped: the same picture has several; used as unlabelled`,
  copy: (count) => `${countOf(count, 'copy', 'copies')} of other pictures ${were(count)} left out`,
  otherFile: (count) =>
    `${files(count)} ${were(count)} passed over: their names don’t end like those of pictures`,
  loose: (count) => `${pictures(count)} beside the class folders ${were(count)} passed over: in no class`,
  hidden: (count) =>
    `${countOf(count, 'hidden or system entry', 'hidden or system entries')} ${were(count)} passed over`,
  special: (count) =>
    `${countOf(count, 'pipe, device or socket', 'pipes, devices or sockets')} ${were(count)} passed over`,
  otherClass: (count) => `${pictures(count)} of other classes ${were(count)} left out, as “only” asks for`,
  mended: (count) => `${pictures(count)} with errors in the file decoded completely and ${were(count)} used`,
  toColour: (count, of) => ofAll(count, of, `${count === 1 ? 'is' : 'are'} gray: expanded to colour`),
  toGray: (count, of) => ofAll(count, of, `${count === 1 ? 'has' : 'have'} colour: converted to gray`),
  resized: (count, of) => ofAll(count, of, `${count === 1 ? 'has' : 'have'} another size: resized`),
} as const satisfies Record<string, (count: number, of: number | undefined) => string>;

export type LeftOutKind = keyof typeof TEXTS;
const LEFT_OUT_KINDS = Object.keys(TEXTS) as [LeftOutKind, ...LeftOutKind[]];

/** The format of the list in the store. */
export const leftOutList = z.array(
  z.strictObject({
    kind: z.enum(LEFT_OUT_KINDS),
    count: z.int().min(1),
    /** Number of all pictures, where the count is a part of them. */
    of: z.int().optional(),
    /** The first ones. */
    examples: z.array(z.strictObject({ name: z.string(), reason: z.string().optional() })),
  }),
);

/** Pictures, files or labels of one kind that a data set leaves out, or uses in spite of something. */
export type LeftOut = z.output<typeof leftOutList>[number];

/** Kinds that rarely need an action; the display does not mark them as warnings. */
const EXPECTED: ReadonlySet<LeftOutKind> = new Set(['copy', 'hidden', 'otherClass', 'resized']);

export function isExpected({ kind }: LeftOut): boolean {
  return EXPECTED.has(kind);
}

/** One sentence without its examples: "18 files were passed over: …". */
export function leftOutText({ kind, count, of }: LeftOut): string {
  return TEXTS[kind](count, of);
}

/** Number of pictures, files or labels of a kind. */
export function countLeftOut(list: readonly LeftOut[], kind: LeftOutKind): number {
  return list.find((one) => one.kind === kind)?.count ?? 0;
}

/** Joins lists: one entry for each kind, in the order of the display, with at most so many examples. */
export function joinLeftOut(lists: ReadonlyArray<readonly LeftOut[]>, mostExamples: number): LeftOut[] {
  const all = lists.flat();
  return LEFT_OUT_KINDS.flatMap((kind): LeftOut[] => {
    const same = all.filter((one) => one.kind === kind);
    if (same.length === 0) return [];
    const of = same.find((one) => one.of !== undefined)?.of;
    return [
      {
        kind,
        count: same.reduce((sum, { count }) => sum + count, 0),
        ...(of !== undefined && { of }),
        examples: same.flatMap(({ examples }) => examples).slice(0, mostExamples),
      },
    ];
  });
}
