import { type Command, Option } from 'commander';
import { examples, collect } from './arguments.js';

/** OVERLAP_POLICIES of client/, which takes too long to load for help. A test compares them. */
export const OVERLAPS = [
  'skip',
  'buffer-one',
  'buffer-all',
  'cancel-other',
  'terminate-other',
  'allow-all',
] as const;

/** Runs that start by themselves. */
export function declareSchedules(program: Command): void {
  const schedule = program
    .command('schedule')
    .description('runs that start by themselves: create, list, pause, resume, trigger, delete')
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
    .argument('<config>', 'YAML or JSON file, read now')
    .description('start a run of a configuration again and again')
    .option('--cron <expression>', 'when, in UTC; "CRON_TZ=Europe/Zurich 0 3 * * *" for elsewhere')
    .option('--every <interval>', 'how often, for example 6h or "7 days"')
    .addOption(
      new Option('--overlap <policy>', 'when the last run is still going on')
        .choices(OVERLAPS)
        .default('skip'),
    )
    .option('--note <text>', 'what it is for')
    .option('--set <key=value>', 'replace a value of the file, again and again', collect, [])
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
    .description('all schedules')
    .option('--json', 'one JSON document')
    .addHelpText('after', examples('apprentice schedule list'))
    .action(async (options) => (await load()).list(options));
  const others = [
    { name: 'pause', description: 'start no runs until resumed' },
    { name: 'resume', description: 'start runs again' },
    { name: 'trigger', description: 'start a run now, by the overlap policy' },
    { name: 'delete', description: 'remove a schedule; its runs go on' },
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
