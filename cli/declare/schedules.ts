import { type Command, Option } from 'commander';
import { OVERLAP_POLICIES } from '../../domain/overlap.js';
import { collect, examples } from './arguments.js';

export function declareSchedules(program: Command): void {
  const schedule = program
    .command('schedule')
    .description('scheduled runs: create, list, pause, resume, trigger, delete')
    .addHelpText(
      'after',
      examples(
        'apprentice schedule create nightly clothes.yaml --cron "0 3 * * *"',
        'apprentice schedule list',
        'apprentice schedule trigger nightly',
      ),
    );
  const load = () => import('../commands/schedule.js');
  schedule
    .command('create')
    .argument('<id>', 'id of the schedule; its runs are called ID-TIME')
    .argument('<config>', 'YAML or JSON file, read once at creation')
    .description('start runs of a configuration on a schedule')
    .option('--cron <expression>', 'times in UTC; other zones: "CRON_TZ=Europe/Zurich 0 3 * * *"')
    .option('--every <interval>', 'interval, for example 6h or "7 days"')
    .addOption(
      new Option('--overlap <policy>', 'policy if the previous run is still running')
        .choices(Object.keys(OVERLAP_POLICIES))
        .default('skip'),
    )
    .option('--note <text>', 'a note for the list')
    .option('--set <key=value>', 'override a value of the file; repeatable', collect, [])
    .addHelpText(
      'after',
      examples(
        'apprentice schedule create nightly clothes.yaml --cron "0 3 * * *"',
        'apprentice schedule create weekly clothes.yaml --every "7 days"',
      ),
    )
    .action(async (id, config, options) => (await load()).create(id, config, options));
  schedule
    .command('list')
    .alias('ls')
    .description('list schedules')
    .option('--json', 'one JSON document')
    .addHelpText('after', examples('apprentice schedule list'))
    .action(async (options) => (await load()).list(options));
  const others = [
    { name: 'pause', description: 'start no runs until resumed' },
    { name: 'resume', description: 'start runs again' },
    { name: 'trigger', description: 'start a run now, subject to the overlap policy' },
    { name: 'delete', description: 'delete a schedule; its runs continue' },
  ] as const;
  for (const { name, description } of others) {
    schedule
      .command(name)
      .argument('<id>', 'id of the schedule')
      .description(description)
      .addHelpText('after', examples(`apprentice schedule ${name} nightly`))
      .action(async (id) => (await load()).change(name, id));
  }
}
