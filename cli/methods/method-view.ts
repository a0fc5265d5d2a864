import type { Stage } from '../../domain/run.js';
import type { MethodSnapshot } from '../../client/methods/method-snapshot.js';
import { commandOf, type MethodName } from '../../domain/methods.js';
import { bold, dim, fill, type Line, type Style, spread, styled } from '../view/line.js';
import { durationText } from '../view/quantities.js';
import { stepLines } from '../view/step-lines.js';
import { searchLines } from './search/table.js';

const MARKS: { readonly [Status in Stage['status']]: readonly [mark: string, style: Style] } = {
  running: ['●', 'cyan'],
  done: ['✓', 'green'],
  stopped: ['–', 'yellow'],
  failed: ['✗', 'red'],
};

const STYLES: Readonly<Record<string, Style>> = {
  completed: 'green',
  failed: 'red',
  cancelled: 'yellow',
  paused: 'yellow',
};

const LABELS = {
  'prepare-dataset': 'pictures',
  train: 'training',
  'pseudo-label': 'labelling',
  evaluate: 'measuring',
} as const;

/** More stages than these are counted, the earliest. */
const MOST_STAGES = 18;

/** What methods show of themselves beside their stages. */
const DETAILS: { readonly [Name in MethodName]?: (details: never, columns: number) => Line[] } = {
  search: searchLines,
};

interface View {
  readonly now: number;
  readonly columns: number;
}

/** A method from its first stage to where it is. */
export function methodView(snapshot: MethodSnapshot, view: View): Line[] {
  const { progress, steps, problems, outcome } = snapshot;
  const { runId, method, status, stages, startedAt } = progress;
  const until = outcome?.report ? Date.parse(outcome.report.endedAt) : view.now;
  const state = styled(STYLES[status] ?? 'cyan', status);
  const head = [bold(runId), '  ', commandOf(method), '  ', state];
  const left = stages.length - MOST_STAGES;
  return [
    spread(head, [dim(durationText((until - Date.parse(startedAt)) / 1000))], view.columns),
    ...(left > 0 ? [[dim(`  … ${left} earlier`)]] : []),
    ...stages.slice(-MOST_STAGES).map((stage) => stageLine(stage, view)),
    ...(progress.details === undefined
      ? []
      : (DETAILS[method]?.(progress.details as never, view.columns) ?? [])),
    ...steps.flatMap((step) => stepLines(LABELS[step.activity], step, view.columns)),
    ...problems.map((problem): Line => [styled('yellow', `! ${problem}`)]),
  ];
}

const NAME_COLUMNS = 34;

/** `  ✓ train the student                 84.20 % on validation        0:42` */
export function stageLine({ name, status, note, startedAt, endedAt }: Stage, { now, columns }: View): Line {
  const [mark, style] = MARKS[status];
  const until = endedAt === undefined ? now : Date.parse(endedAt);
  const took = durationText((until - Date.parse(startedAt)) / 1000);
  const text: Line = ['  ', styled(style, mark), ' ', note ? fill(name, NAME_COLUMNS) : name];
  return spread(note ? [...text, dim(` ${note}`)] : text, [dim(took)], columns);
}
