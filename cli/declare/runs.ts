import { type Command, Option } from 'commander';
import { RUN_STATUSES } from '../../domain/run.js';
import { COMMAND_NAMES } from '../methods/commands.js';
import { examples, collect, wholeNumber } from './arguments.js';

/** The options of every command that starts a run. */
export function runOptions(command: Command): Command {
  return command
    .option('--set <key=value>', 'replace a value of the file; may be given again', collect, [])
    .option('--id <run>', 'id of the run (default: name, day and four hex digits)')
    .option('--detach', 'start it and return')
    .option('--json', 'JSON: of the plan, of the start, or a line for each change');
}

/** Starting runs and looking at them. */
export function declareRuns(program: Command): void {
  runOptions(
    program
      .command('run')
      .argument('<config>', 'YAML or JSON file; only what deviates from the defaults')
      .description('start a run of the method that the file names, and follow it; Ctrl-C leaves it going'),
  )
    .option(
      '--with <file>',
      'settings of another file in place of its own: a search’s best policy',
      collect,
      [],
    )
    .option('--dry-run', 'say what a self-training run would do, and do nothing')
    .addOption(new Option('--out <path>', 'write the output of a method that has one').conflicts('detach'))
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
    .description('watch a run until it ends; Ctrl-C leaves it going')
    .option('--json', 'a JSON line for each change')
    .addHelpText('after', examples('apprentice follow clothes-20260301-7f3a'))
    .action(async (run, options) => (await import('../commands/follow.js')).follow(run, options));

  program
    .command('list')
    .alias('ls')
    .description('runs, newest first')
    .addOption(new Option('--status <status>', 'only those').choices(RUN_STATUSES))
    .addOption(new Option('--method <method>', 'only those').choices(COMMAND_NAMES))
    .option('--limit <n>', 'at most so many', wholeNumber, 20)
    .option('--json', 'one JSON document')
    .addHelpText('after', examples('apprentice list', 'apprentice list --status failed --json'))
    .action(async (options) => (await import('../commands/list.js')).list(options));

  program
    .command('show')
    .argument('<run>', 'id of the run')
    .description('everything about a run, going on or ended')
    .option('--out <path>', 'write the output of a method that has one, as its own command does')
    .option('--json', 'one JSON document')
    .addHelpText('after', examples('apprentice show clothes-20260301-7f3a'))
    .action(async (run, options) => (await import('../commands/show.js')).show(run, options));
}
