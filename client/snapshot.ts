import type { RunProgress, RunReport, RunStatus, StepProgress } from '../domain/records.js';
import { activeSteps } from './active-steps.js';
import type { Server } from './connect.js';
import { isUnanswered } from './failures.js';
import { statusOf } from './list.js';
import { outcomeOf, type RunOutcome } from './outcome.js';
import { queryProgress, recordedProgress } from './progress.js';
import { whyUnanswered } from './workers.js';

/** A run at one moment. */
export interface RunSnapshot {
  readonly progress: RunProgress;
  /** Steps at work, as their trainers told last. */
  readonly steps: readonly StepProgress[];
  /** What keeps the run from getting on, for people: no worker, a step that is tried again, no server. */
  readonly problems: readonly string[];
  /** There once the run has ended. */
  readonly outcome?: RunOutcome;
}

/** Looks at a run once. */
export async function takeSnapshot(server: Server, runId: string): Promise<RunSnapshot> {
  const handle = server.client.workflow.getHandle(runId);
  const described = await handle.describe();
  const status = statusOf(described) as RunStatus;
  if (described.status.name !== 'RUNNING') {
    const outcome = await outcomeOf<RunReport>(handle);
    const answered = await answer(queryProgress(server, handle));
    const progress = answered ?? (await recordedProgress(server, handle, status, outcome.report));
    return { progress: { ...progress, status }, steps: [], problems: [], outcome };
  }
  const answered = await answer(queryProgress(server, handle));
  const progress = answered ?? (await recordedProgress(server, handle, status));
  const active = await activeSteps(server, runId, progress.current?.generation);
  return {
    progress,
    steps: active.steps,
    problems: answered ? active.problems : [await whyUnanswered(server, described), ...active.problems],
  };
}

/** Undefined where no worker answered. */
async function answer(question: Promise<RunProgress>): Promise<RunProgress | undefined> {
  try {
    return await question;
  } catch (error) {
    if (isUnanswered(error)) return undefined;
    throw error;
  }
}
