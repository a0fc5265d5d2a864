import { type Command, Option } from 'commander';
import { collect, examples, wholeNumber } from './arguments.js';

export function declareModels(program: Command): void {
  program
    .command('models')
    .argument('[line]', 'only this line: a run’s name')
    .description('promoted models by line, the champion marked; needs no server')
    .option('--json', 'one JSON document')
    .addHelpText('after', examples('apprentice models', 'apprentice models clothes --json'))
    .action(async (line, options) => (await import('../commands/models.js')).models(line, options));

  program
    .command('predict')
    .argument(
      '<model>',
      'a line (its champion), line@version, a run’s id (its champion), or a folder with model.json',
    )
    .argument('<image...>', 'JPEG, PNG or WebP pictures')
    .description('classify pictures; needs no server')
    .option('--top <n>', 'most probable classes to show', wholeNumber, 3)
    .addOption(
      new Option('--fit <how>', 'how to resize other aspect ratios (default: as in training)').choices([
        'cover',
        'contain',
        'fill',
      ]),
    )
    .option(
      '--classes <names>',
      'consider only these classes, comma-separated or repeated; for example one task of a model extended with heads: separate',
      collect,
      [],
    )
    .option('--json', 'one JSON document')
    .addHelpText(
      'after',
      examples(
        'apprentice predict clothes shoe.png',
        'apprentice predict clothes@2 *.jpg --top 1',
        'apprentice predict ./exported/model shoe.png --json',
        'apprentice predict wider shoe.png --classes sandal,sneaker,ankle-boot',
      ),
    )
    .action(async (model, images, options) =>
      (await import('../commands/predict.js')).predict(model, images, options),
    );

  program
    .command('calibration')
    .argument(
      '<model>',
      'a line (its champion), line@version, a run’s id (its champion), or a model’s folder in its run',
    )
    .description('calibration error of a model, before and after temperature scaling; needs no server')
    .option('--out <file>', 'draw the reliability diagram: .png, .jpg or .webp')
    .option('--json', 'one JSON document')
    .addHelpText(
      'after',
      examples('apprentice calibration clothes', 'apprentice calibration clothes@2 --out reliability.png'),
    )
    .action(async (model, options) =>
      (await import('../commands/calibration.js')).calibration(model, options),
    );
}
