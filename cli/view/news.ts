import type { RunSnapshot } from '../../client/snapshot.js';
import type { MethodName } from '../../domain/methods.js';
import type { RunProgress } from '../../domain/run.js';
import type { MethodView } from '../methods/method-view.js';
import { progressText } from './activity-lines.js';
import { noticeFact, stageFacts } from './facts.js';
import type { ViewOptions } from './view-options.js';
import { combinedWork } from './work.js';

/** The facts that a log has printed so far. */
export interface Printed {
  /** Facts without a slot, printed once. */
  readonly facts: ReadonlySet<string>;
  /** The last fact of each slot. */
  readonly last: Readonly<Record<string, string>>;
  readonly progressAt: number;
}

export const NOTHING_PRINTED: Printed = { facts: new Set(), last: {}, progressAt: Number.NEGATIVE_INFINITY };

const MIN_PAUSE_MS = 20_000;
const MAX_PAUSE_MS = 600_000;

/**
 * Returns the lines to print for a snapshot: new facts, and occasionally the progress of the activities, less often the
 * longer the run takes.
 */
export function newsOf<Name extends MethodName>(
  view: Pick<MethodView<Name>, 'facts' | 'work'>,
  snapshot: RunSnapshot<Name>,
  printed: Printed,
  options: ViewOptions,
): { readonly lines: readonly string[]; readonly printed: Printed } {
  const whole = snapshot as RunSnapshot;
  const age = options.now - Date.parse(snapshot.progress.startedAt);
  const pause = Math.min(MAX_PAUSE_MS, Math.max(MIN_PAUSE_MS, age / 50));
  const silence = options.now - printed.progressAt;
  const all = [
    ...(view.facts?.(snapshot, options) ?? stageFacts(whole, options)),
    ...(snapshot.outcome ? [] : [noticeFact(whole, options)]),
  ];
  const facts = all.filter(
    ({ key, slot, isMinor }) =>
      (slot ? (printed.last[slot] ?? '') !== key : !printed.facts.has(key)) &&
      (!isMinor || silence >= pause / 4),
  );
  const lines = facts.flatMap((fact) => fact.lines);
  const work = view.work ? view.work(snapshot) : combinedWork(whole);
  if (work && lines.length === 0 && silence >= pause)
    lines.push(`${subjectOf(snapshot)}${progressText(work)}`);
  const once = facts.filter(({ slot }) => !slot).map(({ key }) => key);
  const last = facts.flatMap(({ key, slot }) => (slot ? [[slot, key] as const] : []));
  return {
    lines,
    printed: {
      facts: once.length > 0 ? new Set([...printed.facts, ...once]) : printed.facts,
      last: { ...printed.last, ...Object.fromEntries(last) },
      progressAt: lines.length > 0 ? options.now : printed.progressAt,
    },
  };
}

/** `Train the student: `, the stage under way. */
function subjectOf({ progress }: { readonly progress: Pick<RunProgress, 'stages'> }): string {
  const name = progress.stages.findLast(({ status }) => status === 'running')?.name;
  return name ? `${name[0]!.toUpperCase()}${name.slice(1)}: ` : '';
}
