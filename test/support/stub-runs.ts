/** Starts runs of any method on the server of workflow-tests.ts, with plain configurations, and looks at them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { runAction } from '../../client/start.js';
import type {
  ConfigInputOf,
  MethodName,
  ProgressOf,
  ReportOf,
  RunConfigInput,
} from '../../domain/methods.js';
import { parseRunConfig } from '../../domain/parse-run-config.js';
import {
  DECIDE_UPDATE,
  type DecideInput,
  PAUSE_SIGNAL,
  PROGRESS_QUERY,
  RESUME_SIGNAL,
  RUN_WORKFLOW,
  SEARCH_ATTRIBUTES,
} from '../../domain/protocol.js';
import type { RunInput, Stage } from '../../domain/run.js';
import { leastConfig } from './least-config.js';
import { STUB_QUEUES, type WorkflowTest } from './workflow-tests.js';

export interface StubRun<Name extends MethodName> {
  readonly runId: string;
  progress(): Promise<ProgressOf<Name>>;
  /** The progress as soon as it is as wanted. */
  until(isWanted: (progress: ProgressOf<Name>) => boolean): Promise<ProgressOf<Name>>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  cancel(): Promise<void>;
  decide(decision: Partial<DecideInput>): Promise<unknown>;
  result(): Promise<ReportOf<Name>>;
  /** By name, without prefix: `Status`. */
  attributes(): Promise<Readonly<Record<keyof typeof SEARCH_ATTRIBUTES, unknown>>>;
}

export interface StubRunOptions extends Omit<RunInput, 'config'> {
  /** Pauses the run before it begins. */
  readonly paused?: boolean;
}

/** @param config the method's own keys, beside the least that it needs */
export async function startStubRun<Name extends MethodName>(
  { client }: WorkflowTest,
  method: Name,
  runId: string,
  config: Partial<ConfigInputOf<Name>> = {},
  { paused = false, ...options }: StubRunOptions = {},
): Promise<StubRun<Name>> {
  const parsed = parseRunConfig({ ...leastConfig(method), name: 'clothes', ...config } as RunConfigInput);
  const start = { ...runAction(parsed, STUB_QUEUES, options), workflowId: runId };
  const handle = paused
    ? await client.workflow.signalWithStart(RUN_WORKFLOW, { ...start, signal: PAUSE_SIGNAL })
    : await client.workflow.start(RUN_WORKFLOW, start);
  // Follows a run that continues as new.
  const latest = client.workflow.getHandle(runId);
  const progress = () => latest.query<ProgressOf<Name>>(PROGRESS_QUERY);
  return {
    runId,
    progress,
    until: async (isWanted) => {
      let seen = await progress();
      const isReached = async () => {
        seen = await progress();
        return isWanted(seen);
      };
      await until(isReached, () => JSON.stringify(seen, undefined, 1));
      return seen;
    },
    pause: () => latest.signal(PAUSE_SIGNAL),
    resume: () => latest.signal(RESUME_SIGNAL),
    cancel: async () => void (await latest.cancel()),
    decide: (decision) =>
      latest.executeUpdate(DECIDE_UPDATE, {
        args: [{ about: 'student 1', promote: true, by: 'Ada', reason: 'looks right', ...decision }],
      }),
    result: () => soon(handle.result() as Promise<ReportOf<Name>>, runId),
    attributes: async () => {
      const { searchAttributes } = await latest.describe();
      const values = Object.entries(SEARCH_ATTRIBUTES).map(([key, { name }]) => [
        key,
        (searchAttributes as Record<string, unknown[] | undefined>)[name]?.[0],
      ]);
      return Object.fromEntries(values);
    },
  };
}

const RESULT_WITHIN_MS = 30_000;
const UNTIL_MS = 20_000;

/** A run without an end fails its test, which would otherwise never end. */
async function soon<T>(result: Promise<T>, runId: string): Promise<T> {
  const timer = new AbortController();
  const late = sleep(RESULT_WITHIN_MS, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`${runId}: received no result within ${RESULT_WITHIN_MS / 1000} seconds`);
  });
  try {
    return await Promise.race([result, late]);
  } finally {
    timer.abort();
    late.catch(() => undefined);
  }
}

/** Waits until something holds. @param seen is added to the error of a condition that never held */
export async function until(
  holds: () => boolean | Promise<boolean>,
  seen: () => string = () => '',
): Promise<void> {
  for (const deadline = Date.now() + UNTIL_MS; !(await holds()); await sleep(30)) {
    if (Date.now() > deadline)
      throw new Error(`received no such state within ${UNTIL_MS / 1000} seconds, last ${seen()}`);
  }
}

/** Stages as lines: `teacher done: 70.00% on validation [training done, gate done]`. */
export function stageLines(stages: readonly Stage[]): string[] {
  return stages.map(({ name, status, note, parts }) => {
    const inner = parts?.map((part) => `${part.name} ${part.status}`).join(', ');
    return `${name} ${status}${note ? `: ${note}` : ''}${inner ? ` [${inner}]` : ''}`;
  });
}
