import { readRunConfig } from '../../client/config-file.js';
import type { RunConfig } from '../../domain/config.js';
import { EXIT } from '../exit-codes.js';
import { sayStarted } from '../say-started.js';
import { print, printJson } from '../streams.js';
import { withApprentice } from '../with-apprentice.js';

export interface RunOptions {
  readonly set: readonly string[];
  /** Files whose settings replace the configuration's. */
  readonly with: readonly string[];
  readonly id?: string;
  readonly dryRun?: boolean;
  readonly detach?: boolean;
  readonly json?: boolean;
}

/** `apprentice run CONFIG` */
export async function run(file: string, options: RunOptions): Promise<void> {
  const config = await readRunConfig(file, options.set, options.with);
  if (options.dryRun) return showPlan(config, options);
  await withApprentice(async (apprentice) => {
    const started = await apprentice.start(config, options.id ? { runId: options.id } : {});
    if (options.detach) return sayStarted(started.runId, options);
    const { followRun } = await import('../follow-run.js');
    const io = { stdout: process.stdout, stderr: process.stderr, json: options.json ?? false };
    process.exitCode = await followRun(apprentice, started, io);
  });
}

async function showPlan(config: RunConfig, { json }: RunOptions): Promise<void> {
  const [{ findTeacher }, { planRun }, { planText }, { runEngineTask }] = await Promise.all([
    import('../plan/find-teacher.js'),
    import('../plan/plan-run.js'),
    import('../plan/plan-text.js'),
    import('../engine/run-task.js'),
  ]);
  const teacher = await findTeacher(config);
  const plan = await planRun(config, (networks) => runEngineTask('countParameters', networks), teacher);
  if (json) printJson(plan);
  else print(planText(plan));
  if (plan.problems.length > 0) process.exitCode = EXIT.usage;
}
