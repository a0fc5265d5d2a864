import { workflowInfo } from '@temporalio/workflow';
import type { RunInput } from '../domain/protocol.js';
import type { RunReport } from '../domain/records.js';
import { continueRun } from './continue-run.js';
import { enterRegistry } from './enter-registry.js';
import { decide } from './gate.js';
import { isLong } from './is-long.js';
import { measureOnTest } from './measure-on-test.js';
import { type Prepared, prepare } from './prepare.js';
import { runGeneration } from './run-generation.js';
import { RunState } from './run-state.js';

/** Self-training with a noisy student (Xie et al. 2020), from the data set to the report. */
export async function noisyStudentRun(input: RunInput): Promise<RunReport> {
  const run = new RunState(workflowInfo().workflowId, input);
  return run.untilClosed(() => selfTrain(run, input));
}

async function selfTrain(run: RunState, input: RunInput): Promise<RunReport> {
  const { step, steps } = run;
  const prepared: Prepared = input.continued ?? (await prepare(run));
  const { dataset } = prepared;
  run.update({ dataset });

  for (let generation = run.generations.length; generation <= run.config.generations; generation++) {
    // The best model so far labels for the next one; the first has no teacher, and may be a model already.
    const outcome = await runGeneration(run, prepared, generation, run.champion?.model);
    const { promote, ends, decision } = await decide(run, generation, outcome.verdict);
    const entered = promote && (await enterRegistry(run, dataset, outcome, decision));
    run.add({
      generation,
      role: generation === 0 ? 'teacher' : 'student',
      ...outcome,
      ...(decision && { decision }),
      promoted: promote,
      ...entered,
    });
    if (ends) break;
    if (isLong(input)) await continueRun(run, input, dataset);
  }

  await measureOnTest(run, dataset);
  return steps.orchestration('write the report').writeReport({ ...step, report: run.report(dataset) });
}
