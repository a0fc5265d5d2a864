import type { Command } from 'commander';
import { examples } from './arguments.js';

const RUN = 'clothes-20260301-7f3a';

/** Telling a run what to do. */
export function declareSteering(program: Command): void {
  const load = () => import('../commands/steer.js');
  program
    .command('pause')
    .argument('<run>', 'id of the run')
    .description('pause a run; a training under way writes its checkpoint first')
    .addHelpText('after', examples(`apprentice pause ${RUN}`))
    .action(async (run) => (await load()).pause(run));
  program
    .command('resume')
    .argument('<run>', 'id of the run')
    .description('go on with a paused run from its last checkpoint')
    .addHelpText('after', examples(`apprentice resume ${RUN}`))
    .action(async (run) => (await load()).resume(run));
  program
    .command('cancel')
    .argument('<run>', 'id of the run, or RUN/trial-N of a search')
    .description('end a run; what it has promoted stays (a trial: its search goes on without it)')
    .addHelpText(
      'after',
      examples(`apprentice cancel ${RUN}`, 'apprentice cancel policies-20260301-7f3a/trial-3'),
    )
    .action(async (run) => (await load()).cancel(run));

  const answers = [
    { name: 'approve', description: 'promote the student that waits for an answer' },
    { name: 'reject', description: 'do not promote the student that waits for an answer' },
  ] as const;
  for (const { name, description } of answers) {
    program
      .command(name)
      .argument('<run>', 'id of the run')
      .description(description)
      .option('--reason <text>', 'why, for the registry and the report')
      .option('--by <name>', 'who decides (default: the user of this machine)')
      .addHelpText('after', examples(`apprentice ${name} ${RUN} --reason "looked at the confusions"`))
      .action(async (run, options) =>
        (await import('../commands/decide.js')).decide(run, name === 'approve', options),
      );
  }
}
