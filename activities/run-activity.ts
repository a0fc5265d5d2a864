import { z } from 'zod';
import { ConfigurationError } from '../domain/errors.js';
import type { ActivityProgress } from '../domain/records.js';
import { allowModulesIn } from '../learning/models/allowed-modules.js';
import { ACTIVITIES, type ActivityName, type InputOf, type ResultOf } from './activities.js';
import type { Activity, Place } from './activity.js';
import type { ActivityContext } from './context.js';

/** Like {@link ActivityContext}, with the activity's kind and total in each report. */
export interface ProcessContext extends Omit<ActivityContext, 'report'> {
  report(progress: Omit<ActivityProgress, 'attempt'>): void;
  /** Folders from which modules of networks may load; none by default. */
  readonly modules?: readonly string[];
}

/**
 * Runs an activity in this process. Reports progress at the start and after loading the code; then the activity does.
 * @throws ConfigurationError if the input does not match the activity's schema
 * @throws the signal's reason when it aborts
 */
export async function runActivity<Name extends ActivityName>(
  name: Name,
  input: InputOf<Name>,
  { store, signal, report, modules }: ProcessContext,
): Promise<ResultOf<Name>> {
  const activity: Activity<Place, unknown, unknown> = ACTIVITIES[name] as never;
  const checked = checkInput(name, activity.input, input);
  const start = { activity: activity.kind, done: 0, total: activity.total(checked), rate: 0 };
  signal.throwIfAborted();
  report(start);
  if (modules) allowModulesIn(modules);
  const run = await activity.load();
  report(start);
  signal.throwIfAborted();
  const context: ActivityContext = { store, signal, report: (progress) => report({ ...start, ...progress }) };
  return run(checked, context) as Promise<ResultOf<Name>>;
}

function checkInput(name: string, schema: z.ZodType, input: unknown): unknown {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new ConfigurationError(`input of ${name}:\n${z.prettifyError(parsed.error)}`, {
    cause: parsed.error,
  });
}
