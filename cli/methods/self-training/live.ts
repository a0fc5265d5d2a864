import type { RunSnapshot } from '../../../client/snapshot.js';
import { activityLines, label } from '../../view/activity-lines.js';
import { headerLines } from '../../view/header.js';
import { dim, type Line } from '../../view/line.js';
import { noticeLines } from '../../view/notices.js';
import { countOf } from '../../view/quantities.js';
import type { ViewOptions } from '../../view/view-options.js';
import { generationBlock } from './generation-block.js';
import { type GenerationView, generationsOf } from './generation-view.js';
import { phaseOf } from './phase.js';
import { phaseWork } from './work.js';

type Snapshot = RunSnapshot<'self-training'>;

/** The amount of detail in a view. */
interface Detail {
  /** Maximum lines of the class bars. */
  readonly classRows: number;
  /** Whether to show details of completed generations. */
  readonly past: boolean;
  /** Whether to separate blocks by empty lines. */
  readonly airy: boolean;
  readonly header: boolean;
  /** Generations shown before and after the one in progress. */
  readonly around: number;
}

const EVERYTHING: Detail = { classRows: 12, past: true, airy: true, header: true, around: Infinity };

/** In order of preference: the first that fits the window is used. */
const DETAILS: readonly Detail[] = [
  EVERYTHING,
  { ...EVERYTHING, airy: false },
  { ...EVERYTHING, past: false },
  { ...EVERYTHING, past: false, airy: false },
  { classRows: 6, past: false, airy: false, header: true, around: 2 },
  { classRows: 0, past: false, airy: false, header: true, around: 2 },
  { classRows: 0, past: false, airy: false, header: false, around: 1 },
];

/** The view of a self-training run in at most `rows` lines. */
export function generationsView(snapshot: Snapshot, options: ViewOptions, rows = Infinity): Line[] {
  let lines: Line[] = [];
  for (const detail of DETAILS) {
    lines = runView(snapshot, options, detail);
    if (lines.length <= rows) return lines;
  }
  return lines.slice(0, Math.max(1, rows));
}

function runView(snapshot: Snapshot, options: ViewOptions, detail: Detail): Line[] {
  const { outcome } = snapshot;
  const { columns } = options;
  const views = generationsOf(snapshot).filter(({ state }) => !outcome || state !== 'planned');
  const { before, shown, after } = around(views, detail.around);
  const blocks = [
    headerLines(snapshot as RunSnapshot, options, detail.header),
    more(before.length, 'earlier'),
    ...shown.map((view) =>
      generationBlock(view, {
        columns,
        classRows: detail.classRows,
        details: detail.past,
      }),
    ),
    more(after.length, 'later'),
    testing(snapshot, columns),
    noticeLines(snapshot as RunSnapshot, options),
  ].filter((block) => block.length > 0);
  return blocks.flatMap((block, index) => (detail.airy && index > 0 ? [[], ...block] : block));
}

function testing(snapshot: Snapshot, columns: number): Line[] {
  if (phaseOf(snapshot.progress) !== 'test') return [];
  const work = phaseWork(snapshot);
  return work
    ? activityLines('test', work, columns)
    : [[label('test'), dim('measuring on the test images …')]];
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
