import type { RunSnapshot } from '../../client/snapshot.js';
import { factsOf, progressText } from './facts.js';
import { stageProgress } from './stage-progress.js';
import type { ViewOptions } from './view-options.js';

/** What has been said about a run so far. */
export interface Told {
  /** Said once and for all. */
  readonly facts: ReadonlySet<string>;
  /** Said again when it comes back: the stage, what hinders the run. */
  readonly last: Readonly<Record<string, string>>;
  readonly progressAt: number;
}

export const NOTHING_TOLD: Told = { facts: new Set(), last: {}, progressAt: Number.NEGATIVE_INFINITY };

const SHORTEST_PAUSE_MS = 20_000;
const LONGEST_PAUSE_MS = 600_000;

/**
 * What is new in a snapshot, as lines that stay: stages, evaluations, labels, verdicts, troubles; and now and then
 * how far a step is, the more seldom the longer the run takes.
 */
export function newsOf(
  snapshot: RunSnapshot,
  told: Told,
  options: ViewOptions,
): { readonly lines: readonly string[]; readonly told: Told } {
  const age = options.now - Date.parse(snapshot.progress.startedAt);
  const pause = Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, age / 50));
  const silence = options.now - told.progressAt;
  const facts = factsOf(snapshot, options).filter(
    ({ key, slot, isMinor }) =>
      (slot ? (told.last[slot] ?? '') !== key : !told.facts.has(key)) && (!isMinor || silence >= pause / 4),
  );
  const lines = facts.flatMap((fact) => fact.lines);
  const work = stageProgress(snapshot);
  if (work && lines.length === 0 && silence >= pause) lines.push(progressText(work));
  const once = facts.filter(({ slot }) => !slot).map(({ key }) => key);
  const last = facts.flatMap(({ key, slot }) => (slot ? [[slot, key] as const] : []));
  return {
    lines,
    told: {
      facts: once.length > 0 ? new Set([...told.facts, ...once]) : told.facts,
      last: { ...told.last, ...Object.fromEntries(last) },
      progressAt: lines.length > 0 ? options.now : told.progressAt,
    },
  };
}
