import type { WorkflowHandle } from '@temporalio/client';
import type {
  MethodInput,
  MethodName,
  MethodProgress,
  MethodReport,
  MethodStatus,
} from '../../domain/methods.js';
import { PROGRESS_QUERY } from '../../domain/protocol.js';
import type { StepProgress } from '../../domain/records.js';
import { stepsOfWorkflows } from '../active-steps.js';
import type { Server } from '../connect.js';
import { isUnanswered } from '../failures.js';
import { statusOf } from '../list.js';
import { type Outcome, outcomeOf } from '../outcome.js';
import { firstInput } from '../progress.js';
import { whyUnanswered } from '../workers.js';

/** A method at one moment. */
export interface MethodSnapshot {
  readonly progress: MethodProgress;
  /** Steps at work, as their trainers told last. */
  readonly steps: readonly StepProgress[];
  /** What keeps it from getting on, for people. */
  readonly problems: readonly string[];
  /** There once it has ended. */
  readonly outcome?: Outcome<MethodReport>;
}

const ANSWER_WITHIN_MS = 3_000;

/** Looks at a method once. */
export async function takeMethodSnapshot(server: Server, runId: string): Promise<MethodSnapshot> {
  const handle = server.client.workflow.getHandle(runId);
  const described = await handle.describe();
  const status = statusOf(described) as MethodStatus;
  const answered = await answer(server, handle);
  const progress = answered ?? (await recordedProgress(server, handle, described.type as MethodName, status));
  if (described.status.name !== 'RUNNING') {
    const outcome = await outcomeOf<MethodReport>(handle);
    return { progress: { ...progress, status }, steps: [], problems: [], outcome };
  }
  const active = await stepsOfWorkflows(server, [runId, ...progress.children]);
  return {
    progress,
    steps: active.steps,
    problems: answered ? active.problems : [await whyUnanswered(server, described), ...active.problems],
  };
}

/** Undefined where no worker answered. */
async function answer({ client }: Server, handle: WorkflowHandle): Promise<MethodProgress | undefined> {
  try {
    return await client.withDeadline(Date.now() + ANSWER_WITHIN_MS, () =>
      handle.query<MethodProgress>(PROGRESS_QUERY),
    );
  } catch (error) {
    if (isUnanswered(error)) return undefined;
    throw error;
  }
}

/** What it began with: all that can be said where no orchestrator is. */
async function recordedProgress(
  server: Server,
  handle: WorkflowHandle,
  method: MethodName,
  status: MethodStatus,
): Promise<MethodProgress> {
  const { input, beganAt } = await firstInput<MethodInput>(server, handle);
  const { config, continued } = input;
  return {
    runId: handle.workflowId,
    method,
    config,
    status,
    paused: status === 'paused',
    stages: continued?.stages ?? [],
    children: [],
    startedAt: continued?.startedAt ?? beganAt,
  };
}
