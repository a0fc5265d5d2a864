import { type Command, InvalidArgumentError, Option } from 'commander';
import { examples, whole } from './arguments.js';

const LARGEST_SIDE = 1024;

function size(text: string): { width: number; height: number } {
  const [, width, height = width] = /^(\d+)(?:x(\d+))?$/.exec(text.trim()) ?? [];
  const sides = { width: Number(width), height: Number(height) };
  if (Object.values(sides).every((side) => side >= 1 && side <= LARGEST_SIDE)) return sides;
  throw new InvalidArgumentError(`Expected WIDTHxHEIGHT such as 64x48, sides from 1 to ${LARGEST_SIDE}.`);
}

/** Commands on pictures, which need no run. */
export function declareImages(program: Command): void {
  program
    .command('augment')
    .argument('<image>', 'a JPEG, PNG or WebP picture')
    .description('draw augmented samples of a picture')
    .option('--out <file>', 'the sheet to draw: .png, .jpg or .webp')
    .addOption(
      new Option(
        '--policy <name>',
        'samples of rand-augment, noisy-student, trivial-augment-wide or auto-augment-cifar10',
      ).conflicts(['operations', 'plan', 'config']),
    )
    .addOption(
      new Option(
        '--operations [names...]',
        'operations, each at several magnitudes (the default; without names: all)',
      ).conflicts(['plan', 'config']),
    )
    .addOption(
      new Option('--plan <file>', 'apply plans printed by --json').conflicts([
        'samples',
        'seed',
        'numOps',
        'magnitude',
        'config',
      ]),
    )
    .option('--config <file>', 'augment as in the training of a run’s configuration')
    .addOption(
      new Option('--role <role>', 'with --config: whose training (default: student)').choices([
        'teacher',
        'student',
      ]),
    )
    .option('--generation <n>', 'with --config: generation of the student (default: 1)', whole(0, 1000))
    .option(
      '--example <n>',
      'with --config: position of the picture in its stream, from 0 (default: 0)',
      whole(0, 2 ** 32 - 1),
    )
    .addOption(
      new Option('--stream <name>', 'with --config: kind of view (default: labelled)').choices([
        'labelled',
        'unlabelled',
        'weak',
        'strong',
      ]),
    )
    .option('--epoch <n>', 'with --config: first epoch to draw (default: 0)', whole(0, 2 ** 32 - 1))
    .option('--num-ops <n>', 'operations per picture (default: 2)', whole(0, 14))
    .option('--magnitude <n>', 'magnitude on the policy’s scale', whole(0, 999))
    .option('--samples <n>', 'number of samples (default: 24)', whole(1, 1000))
    .option(
      '--seed <n>',
      'seed of the samples (default: 0, or the configuration’s)',
      whole(0, Number.MAX_SAFE_INTEGER),
    )
    .option('--size <WxH>', 'resize the picture first (default: its own size, at most 224)', size)
    .option('--json', 'print the plans as JSON, for --plan')
    .addHelpText(
      'after',
      examples(
        'apprentice augment cat.jpg --out sheet.png',
        'apprentice augment cat.jpg --operations Rotate Solarize --out sheet.png',
        'apprentice augment cat.jpg --policy rand-augment --out sheet.png',
        'apprentice augment cat.jpg --config cats.yaml --out sheet.png',
        'apprentice augment cat.jpg --policy noisy-student --json > plans.json',
        'apprentice augment cat.jpg --plan plans.json --out sheet.png',
      ),
    )
    .action(async (image, options) => (await import('../commands/augment.js')).augment(image, options));

  program
    .command('data')
    .argument('<folder>', 'class folders, a plain folder, or a CSV, IDX or CIFAR file')
    .description('describe a data set: classes, sizes, duplicates, unreadable pictures')
    .option('--out <file>', 'draw samples of each class: .png, .jpg or .webp')
    .addOption(
      new Option('--format <format>', 'format of the data set (default: detected)').choices([
        'class-folders',
        'folder',
        'csv',
        'idx',
        'cifar',
      ]),
    )
    .option('--labels <file>', 'IDX file of labels (default: beside the images, if it exists)')
    .option('--path-column <name>', 'column of paths in a CSV file (default: path)')
    .option('--label-column <name>', 'column of labels in a CSV file (default: label)')
    .option('--json', 'one JSON document, with every problem picture')
    .addHelpText(
      'after',
      examples(
        'apprentice data pictures/',
        'apprentice data pictures/ --out samples.png',
        'apprentice data labels.csv --label-column kind --json',
      ),
    )
    .action(async (folder, options) => (await import('../commands/data.js')).data(folder, options));
}
