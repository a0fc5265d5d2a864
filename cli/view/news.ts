import type { RunSnapshot } from '../../client/snapshot.js';
import type { MethodName } from '../../domain/methods.js';
import type { RunProgress } from '../../domain/run.js';
import type { MethodView } from '../methods/method-view.js';
import { progressText } from './activity-lines.js';
import { noticeFact, stageFacts } from './facts.js';
import type { ViewOptions } from './view-options.js';
import { combinedWork } from './work.js';

/** What a log has said about a run so far. */
export interface Said {
  /** Facts without a slot, said once. */
  readonly facts: ReadonlySet<string>;
  /** The last fact of each slot. */
  readonly last: Readonly<Record<string, string>>;
  readonly progressAt: number;
}

export const NOTHING_SAID: Said = { facts: new Set(), last: {}, progressAt: Number.NEGATIVE_INFINITY };

const SHORTEST_PAUSE_MS = 20_000;
const LONGEST_PAUSE_MS = 600_000;

/**
 * The news in a snapshot, as lines that stay: stages, evaluations, labels, verdicts, problems; and from time to time
 * the progress of the activities, the less often the longer the run takes.
 */
export function newsOf<Name extends MethodName>(
  view: Pick<MethodView<Name>, 'facts' | 'work'>,
  snapshot: RunSnapshot<Name>,
  said: Said,
  options: ViewOptions,
): { readonly lines: readonly string[]; readonly said: Said } {
  const whole = snapshot as RunSnapshot;
  const age = options.now - Date.parse(snapshot.progress.startedAt);
  const pause = Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, age / 50));
  const silence = options.now - said.progressAt;
  const all = [
    ...(view.facts?.(snapshot, options) ?? stageFacts(whole, options)),
    ...(snapshot.outcome ? [] : [noticeFact(whole, options)]),
  ];
  const facts = all.filter(
    ({ key, slot, isMinor }) =>
      (slot ? (said.last[slot] ?? '') !== key : !said.facts.has(key)) && (!isMinor || silence >= pause / 4),
  );
  const lines = facts.flatMap((fact) => fact.lines);
  const work = view.work ? view.work(snapshot) : combinedWork(whole);
  if (work && lines.length === 0 && silence >= pause)
    lines.push(`${subjectOf(snapshot)}${progressText(work)}`);
  const once = facts.filter(({ slot }) => !slot).map(({ key }) => key);
  const last = facts.flatMap(({ key, slot }) => (slot ? [[slot, key] as const] : []));
  return {
    lines,
    said: {
      facts: once.length > 0 ? new Set([...said.facts, ...once]) : said.facts,
      last: { ...said.last, ...Object.fromEntries(last) },
      progressAt: lines.length > 0 ? options.now : said.progressAt,
    },
  };
}

/** `Train the student: `, the stage under way. */
function subjectOf({ progress }: { readonly progress: Pick<RunProgress, 'stages'> }): string {
  const name = progress.stages.findLast(({ status }) => status === 'running')?.name;
  return name ? `${name[0]!.toUpperCase()}${name.slice(1)}: ` : '';
}
