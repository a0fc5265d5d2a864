import type { RunSnapshot } from '../../client/snapshot.js';
import type { Part, Stage } from '../../domain/run.js';
import { activityLines } from './activity-lines.js';
import { dim, fill, type Line, type Style, spread, styled } from './line.js';
import { durationText } from './quantities.js';

const MARKS: { readonly [Status in Part['status']]: readonly [mark: string, style: Style] } = {
  running: ['●', 'cyan'],
  done: ['✓', 'green'],
  stopped: ['–', 'yellow'],
  failed: ['✗', 'red'],
};

const LABELS = {
  'prepare-dataset': 'pictures',
  train: 'training',
  'pseudo-label': 'labelling',
  evaluate: 'measuring',
} as const;

/** Earlier stages are only counted. */
const MAX_STAGES = 18;
const NAME_COLUMNS = 34;

interface Clock {
  readonly now: number;
  readonly columns: number;
}

/** The stages of a run, with the parts of running stages. */
export function stagesLines(stages: readonly Stage[], clock: Clock): Line[] {
  const earlier = stages.length - MAX_STAGES;
  return [
    ...(earlier > 0 ? [[dim(`  … ${earlier} earlier`)]] : []),
    ...stages
      .slice(-MAX_STAGES)
      .flatMap(({ parts = [], ...stage }) => [
        stageLine(stage, clock),
        ...(stage.status === 'running' ? parts.map((part) => stageLine(part, clock, 4)) : []),
      ]),
  ];
}

/** `  ✓ train the student                 84.20% on validation        0:42` */
export function stageLine(
  { name, status, note, startedAt, endedAt }: Part,
  { now, columns }: Clock,
  indent = 2,
): Line {
  const [mark, style] = MARKS[status];
  const until = endedAt === undefined ? now : Date.parse(endedAt);
  const took = durationText((until - Date.parse(startedAt)) / 1000);
  const text: Line = [' '.repeat(indent), styled(style, mark), ' ', note ? fill(name, NAME_COLUMNS) : name];
  return spread(note ? [...text, dim(` ${note}`)] : text, [dim(took)], columns);
}

/** The activities of a run, each with its bar. */
export function allActivityLines({ activities }: Pick<RunSnapshot, 'activities'>, columns: number): Line[] {
  return activities
    .filter(({ activity }) => activity !== 'prepare-dataset')
    .flatMap((activity) => activityLines(LABELS[activity.activity], activity, columns));
}
