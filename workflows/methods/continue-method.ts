import { allHandlersFinished, condition, continueAsNew } from '@temporalio/workflow';
import type { RunBase } from '../../domain/config/base.js';
import type { MethodInput, MethodReport } from '../../domain/methods.js';
import type { MethodRun } from './method-run.js';

/** Goes on with an empty history, and all that the work has come to. */
export async function continueMethod<Config extends RunBase>(
  run: MethodRun<Config>,
  input: MethodInput<Config>,
  state: unknown,
): Promise<never> {
  await condition(allHandlersFinished);
  return continueAsNew<(input: MethodInput<Config>) => Promise<MethodReport>>({
    ...input,
    continued: run.carriedOn(state),
  });
}
