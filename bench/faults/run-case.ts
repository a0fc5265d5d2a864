import { setTimeout as sleep } from 'node:timers/promises';
import type { Run } from '../../client/run.js';
import type { RunSnapshot } from '../../client/snapshot.js';
import { keyedRandom } from '../../domain/random.js';
import type { Case } from './case.js';
import { configurationOf } from './configurations.js';
import { FAULTS, type Fault } from './faults.js';
import { brokenPromises, type Ended } from './invariants.js';
import type { UndisturbedRuns } from './undisturbed.js';
import type { World } from './world.js';

export interface CaseResult {
  readonly case: Case;
  /** What each fault did; undefined where there was nothing to disturb. */
  readonly struck: ReadonlyArray<string | undefined>;
  readonly outcome: string;
  readonly broken: readonly string[];
  readonly seconds: number;
}

/** Time for a run beside what it takes undisturbed: heartbeats time out, and retries wait. */
const EXTRA_MS = 150_000;

export async function runCase(drawn: Case, world: World, runs: UndisturbedRuns): Promise<CaseResult> {
  const { seed, number, method, variant, faults } = drawn;
  const undisturbed = await runs.of(world, method, variant);
  const began = Date.now();
  const runId = `case-${seed}-${number}`;
  const config = configurationOf(method, variant, world.pictures, runId);
  const run = await world.apprentice.start(config, { runId });
  const within = AbortSignal.timeout(3 * undisturbed.milliseconds + EXTRA_MS);
  const followed = lastSnapshot(run, within);
  const struck: Array<string | undefined> = [];
  const troubles: string[] = [];
  for (const [place, { name, at }] of faults.entries()) {
    await sleep(Math.max(0, began + at * undisturbed.milliseconds - Date.now()));
    const random = keyedRandom(seed, 'fault', number, place);
    try {
      struck.push(await FAULTS[name].strike({ world, run, config, random }));
    } catch (error) {
      struck.push(`${name} failed`);
      troubles.push(`${name}: ${(error as Error).message}`);
    }
  }
  let { last, error: followError } = await followed;
  // A run that was cancelled and started again has ended once before.
  if (last?.outcome?.status === 'cancelled') ({ last } = await lastSnapshot(run, within));
  const isDamaged = faults.some(({ name }, place) => (FAULTS[name] as Fault).damages && struck[place]);
  const broken = last?.outcome
    ? await brokenPromises(
        world,
        { runId, outcome: last.outcome, isDamaged, followError } as Ended,
        undisturbed,
      )
    : [
        `the run did not end; last seen: ${stateOf(last)}${followError ? `; follow() threw ${followError.message}` : ''}`,
      ];
  return {
    case: drawn,
    struck,
    outcome: last?.outcome?.status ?? 'no end',
    broken: [...troubles, ...broken],
    seconds: (Date.now() - began) / 1000,
  };
}

async function lastSnapshot(run: Run, signal: AbortSignal) {
  let last: RunSnapshot | undefined;
  try {
    for await (last of run.follow({ intervalMs: 200, signal }));
    return { last, error: undefined };
  } catch (error) {
    return { last: await lastTry(run, signal, last), error: error as Error };
  }
}

/** The end of a run that `follow` gave up. */
async function lastTry(run: Run, signal: AbortSignal, last: RunSnapshot | undefined) {
  let seen = last;
  for (; !seen?.outcome && !signal.aborted; await sleep(500)) {
    seen = await run.snapshot().catch(() => seen);
  }
  return seen;
}

function stateOf(snapshot: RunSnapshot | undefined): string {
  if (!snapshot) return 'nothing';
  const { progress, activities, problems } = snapshot;
  return JSON.stringify({ status: progress.status, activities, problems });
}
