import type {
  Rung,
  RungRecord,
  SearchProgress,
  SearchReport,
  TrialResult,
} from '../../../domain/methods/search.js';
import { tableLines } from '../../table.js';
import { bold, dim, type Line, type Style, styled } from '../../view/line.js';

export interface TrialRow {
  readonly trial: number;
  readonly text: string;
  /** By rung, up to the last one it reached. */
  readonly accuracies: readonly number[];
  readonly state: string;
}

const STYLES: Readonly<Record<string, Style>> = {
  best: 'green',
  running: 'cyan',
  failed: 'red',
  cancelled: 'yellow',
};

/** The trials at the highest rung first, sorted by accuracy. */
function inOrder(rows: readonly TrialRow[]): TrialRow[] {
  return [...rows].sort(
    (a, b) =>
      b.accuracies.length - a.accuracies.length ||
      (b.accuracies.at(-1) ?? 0) - (a.accuracies.at(-1) ?? 0) ||
      a.trial - b.trial,
  );
}

export function rowsOfReport({ trials }: Pick<SearchReport, 'trials'>): TrialRow[] {
  return trials.map(({ trial, text, rungs, end, reason }) => ({
    trial,
    text,
    accuracies: rungs.map(({ accuracy }) => accuracy),
    state: reason ? `${end}: ${reason}` : end === 'trained' ? '' : end,
  }));
}

export function rowsOfProgress({ texts, records, current, running }: SearchProgress): TrialRow[] {
  const rungs: readonly (readonly TrialResult[])[] = [...records.map(({ results }) => results), current];
  const results = new Map<number, TrialResult[]>();
  for (const result of rungs.flat())
    results.set(result.trial, [...(results.get(result.trial) ?? []), result]);
  return texts.map((text, trial) => {
    const own = results.get(trial) ?? [];
    return {
      trial,
      text,
      accuracies: own.flatMap((result) => ('validation' in result ? [result.validation.accuracy] : [])),
      state: running.includes(trial) ? 'running' : stateOf(trial, own.at(-1), records.at(-1)),
    };
  });
}

function stateOf(trial: number, last: TrialResult | undefined, record: RungRecord | undefined): string {
  if (last && 'end' in last) return last.end;
  return record && !record.survivors.includes(trial) ? 'stopped' : '';
}

const STATE = 'cancelled'.length;
const MIN_POLICY_COLUMNS = 20;
const INDENT = '  ';

/**
 * A line for each trial with its accuracy at each rung, in percent of validation images.
 * @param most maximum number of trials to list; the others are counted
 */
export function trialLines(
  rows: readonly TrialRow[],
  rungs: readonly Rung[],
  { columns, most }: { readonly columns: number; readonly most: number },
): Line[] {
  const shown = inOrder(rows).slice(0, most);
  const titles = rungs.map(({ steps }) => `step ${steps}`);
  const others = ['trial', ...titles].reduce((sum, title) => sum + title.length + 2, INDENT.length);
  const longest = Math.max(...rows.map(({ text }) => text.length));
  const policy = Math.max(MIN_POLICY_COLUMNS, Math.min(longest, columns - others - 2 - STATE));
  const [head = '', ...lines] = tableLines(
    ['trial', 'policy', ...titles],
    shown.map(({ trial, text, accuracies }) => [
      String(trial),
      text,
      ...rungs.map((_, rung) => (accuracies[rung] === undefined ? '' : (100 * accuracies[rung]).toFixed(2))),
    ]),
    { indent: INDENT, right: [0, ...rungs.map((_, rung) => 2 + rung)], widths: [null, policy] },
  );
  const left = rows.length - shown.length;
  return [
    [dim(head)],
    ...lines.map((line, place): Line => {
      const { trial, state } = shown[place]!;
      const style = STYLES[state.split(':')[0]!] ?? 'dim';
      return [trial === 0 || state === 'best' ? bold(line) : line, '  ', styled(style, state)];
    }),
    ...(left > 0 ? [[dim(`  … ${left} more`)]] : []),
  ];
}

const MAX_LIVE = 14;

/** The trials of a running search, which `follow` draws below its stages. */
export function searchLines(details: SearchProgress, columns: number): Line[] {
  return [[], ...trialLines(rowsOfProgress(details), details.rungs, { columns, most: MAX_LIVE }), []];
}
