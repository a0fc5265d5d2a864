import type { RunSnapshot } from '../../client/snapshot.js';
import { generationBlock } from './generation-block.js';
import { type GenerationView, generationsOf } from './generation-view.js';
import { headerLines } from './header.js';
import { dim, type Line } from './line.js';
import { noticeLines } from './notices.js';
import { countOf } from './quantities.js';
import { stageProgress } from './stage-progress.js';
import { label, stepLines } from './step-lines.js';
import type { ViewOptions } from './view-options.js';

/** How much a view says. */
interface Detail {
  /** Lines for the bars of classes. */
  readonly classRows: number;
  /** Whether generations that are done keep their details. */
  readonly past: boolean;
  /** Whether blocks are set apart by empty lines. */
  readonly airy: boolean;
  readonly header: boolean;
  /** Generations shown before and after the one in progress. */
  readonly around: number;
}

const EVERYTHING: Detail = { classRows: 12, past: true, airy: true, header: true, around: Infinity };

/** From all to little: the first that fits the window is taken. */
const DETAILS: readonly Detail[] = [
  EVERYTHING,
  { ...EVERYTHING, airy: false },
  { ...EVERYTHING, past: false },
  { ...EVERYTHING, past: false, airy: false },
  { classRows: 6, past: false, airy: false, header: true, around: 2 },
  { classRows: 0, past: false, airy: false, header: true, around: 2 },
  { classRows: 0, past: false, airy: false, header: false, around: 1 },
];

/** A run at one moment, in no more lines than the window has. */
export function liveView(snapshot: RunSnapshot, options: ViewOptions, rows: number): Line[] {
  let lines: Line[] = [];
  for (const detail of DETAILS) {
    lines = runView(snapshot, options, detail);
    if (lines.length <= rows) return lines;
  }
  return lines.slice(0, Math.max(1, rows));
}

/** A run with all that is known of it, however many lines that takes. */
export function wholeView(snapshot: RunSnapshot, options: ViewOptions): Line[] {
  return runView(snapshot, options, EVERYTHING);
}

function runView(snapshot: RunSnapshot, options: ViewOptions, detail: Detail): Line[] {
  const { progress, outcome } = snapshot;
  const { columns } = options;
  const views = generationsOf(snapshot).filter(({ state }) => !outcome || state !== 'planned');
  const { before, shown, after } = around(views, detail.around);
  const blocks = [
    headerLines(snapshot, options, detail.header),
    more(before.length, 'earlier'),
    ...shown.map((view) =>
      generationBlock(view, {
        columns,
        status: progress.status,
        classRows: detail.classRows,
        details: detail.past,
      }),
    ),
    more(after.length, 'later'),
    testing(snapshot, columns),
    noticeLines(snapshot, options),
  ].filter((block) => block.length > 0);
  return blocks.flatMap((block, index) => (detail.airy && index > 0 ? [[], ...block] : block));
}

function testing(snapshot: RunSnapshot, columns: number): Line[] {
  if (snapshot.progress.status !== 'testing') return [];
  const work = stageProgress(snapshot);
  return work ? stepLines('test', work, columns) : [[label('test'), dim('measuring on the test images …')]];
}

function around(views: readonly GenerationView[], distance: number) {
  const now = Math.max(
    0,
    views.findLastIndex(({ state }) => state !== 'planned'),
  );
  const from = Math.max(0, now - distance);
  const to = Math.min(views.length, now + distance + 1);
  return { before: views.slice(0, from), shown: views.slice(from, to), after: views.slice(to) };
}

function more(count: number, which: string): Line[] {
  return count > 0 ? [[dim(`  … ${countOf(count, `${which} generation`)}`)]] : [];
}
