import type { Command } from 'commander';
import { examples } from './arguments.js';

const RUN = 'clothes-20260301-7f3a';

/** Commands that steer a run. */
export function declareSteering(program: Command): void {
  const load = () => import('../commands/steer.js');
  program
    .command('pause')
    .argument('<run>', 'id of the run')
    .description('pause a run; a training in progress writes its checkpoint first')
    .addHelpText('after', examples(`apprentice pause ${RUN}`))
    .action(async (run) => (await load()).pause(run));
  program
    .command('resume')
    .argument('<run>', 'id of the run')
    .description('continue a paused run from its last checkpoint')
    .addHelpText('after', examples(`apprentice resume ${RUN}`))
    .action(async (run) => (await load()).resume(run));
  program
    .command('cancel')
    .argument('<run>', 'id of the run, or RUN/trial-N of a search')
    .description('cancel a run; promoted models stay. If it is a trial, its search continues')
    .addHelpText(
      'after',
      examples(`apprentice cancel ${RUN}`, 'apprentice cancel policies-20260301-7f3a/trial-3'),
    )
    .action(async (run) => (await load()).cancel(run));

  const decisions = [
    { name: 'approve', description: 'promote the model that waits for a decision' },
    { name: 'reject', description: 'do not promote the model that waits for a decision' },
  ] as const;
  for (const { name, description } of decisions) {
    program
      .command(name)
      .argument('<run>', 'id of the run')
      .description(description)
      .option('--reason <text>', 'reason, for the registry and the report')
      .option('--by <name>', 'who decides (default: the user of this machine)')
      .addHelpText('after', examples(`apprentice ${name} ${RUN} --reason "checked its errors"`))
      .action(async (run, options) =>
        (await import('../commands/decide.js')).decide(run, name === 'approve', options),
      );
  }
}
