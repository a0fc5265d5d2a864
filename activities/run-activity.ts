import { z } from 'zod';
import { ConfigurationError } from '../domain/errors.js';
import type { ActivityProgress } from '../domain/records.js';
import { allowModulesIn } from '../learning/models/allowed-modules.js';
import { threadsOfRun } from '../storage/threads.js';
import { ACTIVITIES, type ActivityName, type InputOf, type ResultOf } from './activities.js';
import type { Activity, Place } from './activity.js';
import type { ActivityContext } from './context.js';

/** Like {@link ActivityContext}, with the activity's kind and total in each report. */
export interface ProcessContext extends Omit<ActivityContext, 'report' | 'threads'> {
  report(progress: Omit<ActivityProgress, 'attempt'>): void;
  /** Folders from which modules of networks may load; none by default. */
  readonly modules?: readonly string[];
  /** Absent in an orchestrator, which has no TensorFlow. */
  readonly tensorFlowThreads?: {
    /** The number that a run gets if this is its first step and its configuration sets none. */
    readonly own: number;
    /** Called with the run's number before TensorFlow loads. */
    use(count: number): void;
  };
}

/** Keys of all trainer activities. */
interface OfRun {
  readonly runId: string;
  /** As configured. */
  readonly threads?: number;
}

/**
 * Runs an activity in this process. Reports progress at the start and after loading the code; then the activity does.
 * @throws ConfigurationError if the input does not match the activity's schema
 * @throws the signal's reason when it aborts
 */
export async function runActivity<Name extends ActivityName>(
  name: Name,
  input: InputOf<Name>,
  { store, signal, report, modules, tensorFlowThreads: settings }: ProcessContext,
): Promise<ResultOf<Name>> {
  const activity: Activity<Place, unknown, unknown> = ACTIVITIES[name] as never;
  const { threads: wanted, ...checked } = checkInput(name, activity.input, input) as OfRun;
  const start = { activity: activity.kind, done: 0, total: activity.total(checked), rate: 0 };
  signal.throwIfAborted();
  report(start);
  signal.throwIfAborted();
  const threads = settings ? (wanted ?? (await threadsOfRun(store, checked.runId, settings.own))) : 1;
  settings?.use(threads);
  if (modules) allowModulesIn(modules);
  const run = await activity.load();
  report(start);
  signal.throwIfAborted();
  const context: ActivityContext = {
    store,
    signal,
    threads,
    report: (progress) => report({ ...start, ...progress }),
  };
  return run(checked, context) as Promise<ResultOf<Name>>;
}

function checkInput(name: string, schema: z.ZodType, input: unknown): unknown {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new ConfigurationError(`input of ${name}:\n${z.prettifyError(parsed.error)}`, {
    cause: parsed.error,
  });
}
