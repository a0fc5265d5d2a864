import { setTimeout as sleep } from 'node:timers/promises';
import type { RunSnapshot } from '../../client/snapshot.js';
import { bitsOf, differences } from './bits.js';
import { promotedBy } from './promoted.js';
import type { Undisturbed } from './undisturbed.js';
import type { World } from './world.js';

/** What is known of a disturbed run when it is over. */
export interface Ended {
  readonly runId: string;
  readonly outcome: NonNullable<RunSnapshot['outcome']>;
  /** Whether stored bytes were damaged: then a refusal that names the artifact is right, too. */
  readonly isDamaged: boolean;
  /** What `follow` threw, if it did. */
  readonly followError: Error | undefined;
}

const CHILD_ENDS_MS = 10_000;
const SHOWN = 3;

type Check = (world: World, ended: Ended, undisturbed: Undisturbed) => Promise<string | undefined>;

/** @returns a sentence for each promise that was broken */
export async function brokenPromises(
  world: World,
  ended: Ended,
  undisturbed: Undisturbed,
): Promise<string[]> {
  const broken: string[] = [];
  for (const check of CHECKS) {
    const problem = await check(world, ended, undisturbed);
    if (problem) broken.push(problem);
  }
  return broken;
}

/** A later promise is one function. */
const CHECKS: readonly Check[] = [sameBits, samePromotions, followSurvives, nothingLeftRunning];

async function sameBits(_: World, { outcome, isDamaged }: Ended, { bits }: Undisturbed) {
  if (outcome.status !== 'completed') {
    if (isDamaged && namesArtifact(outcome.error)) return undefined;
    return `the run is ${outcome.status}: ${outcome.error}`;
  }
  const different = differences(bits, bitsOf(outcome.report));
  return different.length > 0
    ? `other results, first ${different.slice(0, SHOWN).join('; ')} (${different.length} differ)`
    : undefined;
}

function namesArtifact(error: string | undefined): boolean {
  return /(runs|registry|blobs)\/\S+/.test(error ?? '');
}

async function samePromotions(world: World, { runId, outcome, isDamaged }: Ended, { promoted }: Undisturbed) {
  const received = await promotedBy(world, runId);
  // A run that was refused may have promoted less, but nothing else.
  const expected = outcome.status === 'failed' && isDamaged ? promoted.slice(0, received.length) : promoted;
  return received.join() === expected.join()
    ? undefined
    : `promoted ${received.join(', ') || 'nothing'}, expected ${expected.join(', ') || 'nothing'}`;
}

async function followSurvives(_: World, { followError }: Ended) {
  return followError && `follow() threw ${followError.name}: ${followError.message}`;
}

async function nothingLeftRunning(world: World, { runId }: Ended) {
  for (const deadline = Date.now() + CHILD_ENDS_MS; world.pidOf('child') !== undefined; await sleep(100)) {
    if (Date.now() > deadline) return `process ${world.pidOf('child')} still works`;
  }
  const open = await world.openWorkflows(runId);
  return open.length > 0 ? `workflows are still open: ${open.join(', ')}` : undefined;
}
