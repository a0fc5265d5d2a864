import { type Command, Option } from 'commander';
import { examples, port, wholeNumber } from './arguments.js';

/** What runs on this machine. */
export function declareProcesses(program: Command): void {
  program
    .command('up')
    .description(
      'start what runs need and keep it alive: a private server if none is configured, and workers',
    )
    .option('--trainers <n>', 'trainer processes, each with one step at a time', wholeNumber, 1)
    .option('--port <port>', 'of the private server (default: 7233 or a free one)', port)
    .option('--ui-port <port>', 'of its web pages (default: 8233 or a free one)', port)
    .option('--grace <seconds>', 'for a training to write its checkpoint at the end', wholeNumber, 30)
    .addHelpText('after', examples('apprentice up', 'apprentice up --trainers 2'))
    .action(async (options) => (await import('../commands/up.js')).up(options));

  program
    .command('worker')
    .description('one worker process; finds its Temporal server by the standard environment')
    .addOption(
      new Option('--role <role>', 'what it does')
        .choices(['orchestrator', 'trainer', 'both'])
        .default('both'),
    )
    .option('--slots <n>', 'training steps at once (default: one for each of --gpus, or 1)', wholeNumber)
    .option('--gpus <list>', 'share out these GPUs, one for a step, for example 0,1')
    .option(
      '--threads <n>',
      'of TensorFlow in each step (default: the cores, shared out among the slots)',
      wholeNumber,
    )
    .option('--grace <seconds>', 'for a training to write its checkpoint at the end', wholeNumber, 30)
    .addOption(
      new Option('--log-level <level>', 'of the JSON lines on the error output')
        .choices(['debug', 'info', 'warn', 'error'])
        .default('info'),
    )
    .addHelpText(
      'after',
      examples(
        'apprentice worker --role trainer',
        'apprentice worker --role trainer --gpus 0,1',
        'TEMPORAL_ADDRESS=temporal:7233 APPRENTICE_STORE=/srv/store apprentice worker',
      ),
    )
    .action(async (options) => (await import('../commands/worker.js')).worker(options));

  program
    .command('setup')
    .description('fetch and build what is still missing: TensorFlow engine, Temporal server')
    .addOption(new Option('--gpu', 'TensorFlow for NVIDIA GPUs').conflicts('cpu'))
    .option('--cpu', 'TensorFlow for CPUs')
    .option('--quiet', 'say nothing of what is there already')
    .addHelpText('after', examples('apprentice setup', 'apprentice setup --gpu'))
    .action(async (options) => (await import('../commands/setup.js')).runSetup(options));

  program
    .command('doctor')
    .description('what is there, what is missing, and what to do about it')
    .option('--json', 'one JSON document')
    .addHelpText('after', examples('apprentice doctor'))
    .action(async (options) => (await import('../commands/doctor.js')).doctor(options));

  program
    .command('demo')
    .description('a whole run on photos of clothes, from teacher to second student, in some minutes')
    .addHelpText('after', examples('apprentice demo'))
    .action(async () => (await import('../commands/demo.js')).demo());
}
