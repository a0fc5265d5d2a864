import { type Command, InvalidArgumentError, Option } from 'commander';
import { examples } from './arguments.js';

/** Parses an option that has to be a whole number within bounds. */
function whole(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (text.trim() !== '' && Number.isInteger(number) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
  };
}

const LARGEST_SIDE = 1024;

function size(text: string): { width: number; height: number } {
  const [, width, height = width] = /^(\d+)(?:x(\d+))?$/.exec(text.trim()) ?? [];
  const sides = { width: Number(width), height: Number(height) };
  if (Object.values(sides).every((side) => side >= 1 && side <= LARGEST_SIDE)) return sides;
  throw new InvalidArgumentError(`Expected WIDTHxHEIGHT such as 64x48, sides from 1 to ${LARGEST_SIDE}.`);
}

/** Looking at pictures, before and without any run. */
export function declareImages(program: Command): void {
  program
    .command('augment')
    .argument('<image>', 'a JPEG, PNG or WebP picture')
    .description('draw what augmentation makes of a picture')
    .option('--out <file>', 'the sheet: a .png, .jpg or .webp')
    .addOption(
      new Option(
        '--policy <name>',
        'samples of rand-augment, noisy-student, trivial-augment-wide or auto-augment-cifar10',
      ).conflicts(['operations', 'plan', 'config']),
    )
    .addOption(
      new Option(
        '--operations [names...]',
        'each across its magnitudes (the default; without names: all)',
      ).conflicts(['plan', 'config']),
    )
    .addOption(
      new Option('--plan <file>', 'apply plans that --json has printed').conflicts([
        'samples',
        'seed',
        'numOps',
        'magnitude',
        'config',
      ]),
    )
    .option('--config <file>', 'what training by a run’s configuration does')
    .addOption(
      new Option('--role <role>', 'of --config: whose (default: student)').choices(['teacher', 'student']),
    )
    .option('--generation <n>', 'of --config: which student (default: 1)', whole(0, 1000))
    .option(
      '--example <n>',
      'of --config: which one the picture is, from 0 (default: 0)',
      whole(0, 2 ** 32 - 1),
    )
    .addOption(
      new Option('--stream <name>', 'of --config: of which (default: labelled)').choices([
        'labelled',
        'unlabelled',
        'weak',
        'strong',
      ]),
    )
    .option('--epoch <n>', 'of --config: the first that is drawn (default: 0)', whole(0, 2 ** 32 - 1))
    .option('--num-ops <n>', 'operations a picture (default: 2)', whole(0, 14))
    .option('--magnitude <n>', 'of the policy, on its own scale', whole(0, 999))
    .option('--samples <n>', 'pictures to draw (default: 24)', whole(1, 1000))
    .option(
      '--seed <n>',
      'of what is drawn (default: 0, or the configuration’s)',
      whole(0, Number.MAX_SAFE_INTEGER),
    )
    .option('--size <WxH>', 'bring the picture to a size first (default: its own, 224 at most)', size)
    .option('--json', 'print the plans as data, to be stored and repeated')
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
    .description('what a data set holds: classes, sizes, copies, what can’t be read')
    .option('--out <file>', 'draw samples of each class: a .png, .jpg or .webp')
    .addOption(
      new Option('--format <format>', 'what it is (default: a guess, which is said)').choices([
        'class-folders',
        'folder',
        'csv',
        'idx',
        'cifar',
      ]),
    )
    .option('--labels <file>', 'IDX file of labels (default: beside the images, if there)')
    .option('--path-column <name>', 'of a CSV file (default: path)')
    .option('--label-column <name>', 'of a CSV file (default: label)')
    .option('--json', 'one JSON document, which names every picture that is wrong')
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
