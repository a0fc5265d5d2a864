import type {
  Rung,
  RungRecord,
  SearchProgress,
  SearchReport,
  TrialResult,
} from '../../../domain/methods/search.js';
import { bold, dim, fill, type Line, type Style, styled } from '../../view/line.js';

/** A trial as a table shows it. */
export interface TrialRow {
  readonly trial: number;
  readonly text: string;
  /** By rung, as far as it came. */
  readonly accuracies: readonly number[];
  readonly state: string;
}

const STYLES: Readonly<Record<string, Style>> = {
  best: 'green',
  running: 'cyan',
  failed: 'red',
  cancelled: 'yellow',
};

/** Those that have come furthest first, the better first. */
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

const ACCURACY = 9;
const STATE = 9;
const NARROWEST = 20;

/**
 * A line for each trial with what it was worth at each rung, in percent of validation images.
 * @param most lines of trials; the others are counted
 */
export function trialLines(
  rows: readonly TrialRow[],
  rungs: readonly Rung[],
  { columns, most }: { readonly columns: number; readonly most: number },
): Line[] {
  const ordered = inOrder(rows);
  const fixed = 2 + 5 + 2 + rungs.length * ACCURACY + 2 + STATE;
  const longest = Math.max(...rows.map(({ text }) => text.length));
  const width = Math.max(NARROWEST, Math.min(longest, columns - fixed));
  const head = `  ${fill('trial', 5, 'right')}  ${fill('policy', width)}${rungs.map(({ steps }) => fill(`step ${steps}`, ACCURACY, 'right')).join('')}`;
  const lines = ordered.slice(0, most).map(({ trial, text, accuracies, state }): Line => {
    const cells = rungs.map((_, rung) => {
      const accuracy = accuracies[rung];
      return fill(accuracy === undefined ? '' : (100 * accuracy).toFixed(2), ACCURACY, 'right');
    });
    const name = fill(text, width);
    const style = STYLES[state.split(':')[0]!] ?? 'dim';
    const which = `  ${fill(String(trial), 5, 'right')}  `;
    return [which, trial === 0 || state === 'best' ? bold(name) : name, ...cells, '  ', styled(style, state)];
  });
  const left = ordered.length - lines.length;
  return [[dim(head)], ...lines, ...(left > 0 ? [[dim(`  … ${left} more`)]] : [])];
}

const MOST_LIVE = 14;

/** A search under way, as `follow` draws it below its stages. */
export function searchLines(details: SearchProgress, columns: number): Line[] {
  return [[], ...trialLines(rowsOfProgress(details), details.rungs, { columns, most: MOST_LIVE }), []];
}
