import { type Command, Option } from 'commander';
import { RUN_STATUSES } from '../../domain/run.js';
import { COMMAND_NAMES } from '../methods/commands.js';
import { collect, examples, wholeNumber } from './arguments.js';

/** The options of every command that starts a run. */
export function runOptions(command: Command): Command {
  return command
    .option('--set <key=value>', 'override a value of the file; repeatable', collect, [])
    .option('--id <run>', 'id of the run (default: name, day and four hex digits)')
    .option('--detach', 'start it and return')
    .option('--json', 'print JSON: the plan, the run id, or a line for each change');
}

/** Commands that start and show runs. */
export function declareRuns(program: Command): void {
  runOptions(
    program
      .command('run')
      .argument('<config>', 'YAML or JSON file; only what deviates from the defaults')
      .description('start a run of the file’s method and follow it; after Ctrl-C the run continues'),
  )
    .option(
      '--with <file>',
      'replace settings by those of another file, for example a search’s best policy; repeatable',
      collect,
      [],
    )
    .option('--dry-run', 'print the plan of a self-training run without starting it')
    .addOption(new Option('--out <path>', 'file or folder for the method’s output').conflicts('detach'))
    .addHelpText(
      'after',
      examples(
        'apprentice run clothes.yaml',
        'apprentice run clothes.yaml --dry-run',
        'apprentice run clothes.yaml --set student.steps=500 --detach',
        'apprentice run clothes.yaml --with best.yaml',
      ),
    )
    .action(async (config, options) => (await import('../commands/run.js')).run(config, options));

  program
    .command('follow')
    .argument('<run>', 'id of the run')
    .description('follow a run until it ends; after Ctrl-C the run continues')
    .option('--json', 'a JSON line for each change')
    .addHelpText('after', examples('apprentice follow clothes-20260301-7f3a'))
    .action(async (run, options) => (await import('../commands/follow.js')).follow(run, options));

  program
    .command('list')
    .alias('ls')
    .description('list runs, newest first')
    .addOption(new Option('--status <status>', 'only runs with this status').choices(RUN_STATUSES))
    .addOption(new Option('--method <method>', 'only runs of this method').choices(COMMAND_NAMES))
    .option('--limit <n>', 'maximum number of runs', wholeNumber, 20)
    .option('--json', 'one JSON document')
    .addHelpText('after', examples('apprentice list', 'apprentice list --status failed --json'))
    .action(async (options) => (await import('../commands/list.js')).list(options));

  program
    .command('show')
    .argument('<run>', 'id of the run')
    .description('show everything about a run, running or ended')
    .option('--out <path>', 'write the method’s output to this file or folder')
    .option('--json', 'one JSON document')
    .addHelpText('after', examples('apprentice show clothes-20260301-7f3a'))
    .action(async (run, options) => (await import('../commands/show.js')).show(run, options));
}
