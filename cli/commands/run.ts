import { assertId } from '../../client/assert-id.js';
import { readRunConfig } from '../../client/config-file.js';
import { ConfigurationError } from '../../domain/errors.js';
import type { MethodName, RunConfig } from '../../domain/methods.js';
import { commandName } from '../command-name.js';
import { EXIT } from '../exit-codes.js';
import { expectOutput, saveOutput } from '../methods/output.js';
import { print, printJson } from '../streams.js';
import { withApprentice } from '../with-apprentice.js';

export interface RunOptions {
  readonly set: readonly string[];
  readonly with?: readonly string[];
  readonly id?: string;
  readonly dryRun?: boolean;
  readonly detach?: boolean;
  readonly json?: boolean;
  /** File or folder for the method's output. */
  readonly out?: string;
}

/**
 * `apprentice run CONFIG`, or `apprentice METHOD CONFIG`.
 * @param only the method that the command names
 */
export async function run(file: string, options: RunOptions, only?: MethodName): Promise<void> {
  const { id, out, json = false } = options;
  const config = await readRunConfig(file, { overrides: options.set, others: options.with ?? [], only });
  if (id !== undefined) assertId('--id', id);
  if (options.dryRun) return showPlan(config, options);
  if (out !== undefined) await expectOutput(config.method, out);
  await withApprentice(async (apprentice) => {
    const started = await apprentice.start(config, id === undefined ? {} : { runId: id });
    if (options.detach) {
      if (json) return printJson({ runId: started.runId });
      return print(`${started.runId}: started.`, `Follow it: ${commandName()} follow ${started.runId}`);
    }
    const { followRun } = await import('../follow/follow-run.js');
    const { stdout, stderr } = process;
    const { exitCode, last } = await followRun(apprentice, started, {
      stdout,
      stderr,
      json,
      writesOutput: out !== undefined,
    });
    process.exitCode = exitCode;
    const report = last?.outcome?.report;
    if (report && out !== undefined) await saveOutput(report, out, apprentice.storeUrl);
  });
}

async function showPlan(config: RunConfig, { json }: RunOptions): Promise<void> {
  const plan = await planOf(config);
  const { planText } = await import('../plan/plan-text.js');
  if (json) printJson(plan);
  else print(planText(plan));
  if (plan.problems.length > 0) process.exitCode = EXIT.usage;
}

async function planOf(config: RunConfig) {
  if (config.method !== 'self-training') {
    throw new ConfigurationError(
      `--dry-run: received a run of the method ${config.method}, expected self-training: omit --dry-run`,
    );
  }
  const [{ findTeacher }, { planRun }, { runEngineTask }] = await Promise.all([
    import('../plan/find-teacher.js'),
    import('../../learning/plan/plan-run.js'),
    import('../tensorflow/run-task.js'),
  ]);
  const teacher = await findTeacher(config);
  return planRun(config, (networks) => runEngineTask('countParameters', networks), teacher);
}
