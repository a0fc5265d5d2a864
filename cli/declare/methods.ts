import { type Command, Option } from 'commander';
import { commandOf, type MethodName } from '../../domain/methods.js';
import { examples, gathered, wholeNumber } from './arguments.js';

interface Shortcut {
  readonly flags: string;
  readonly key: string;
  readonly description: string;
  /** Name of an argument behind the file that is the same, a whole number. */
  readonly argument?: string;
}

interface Declared {
  readonly method: MethodName;
  readonly description: string;
  /** What `--out` is for, where there is something to take away. */
  readonly out?: string;
  /** An option of its own for a value of the configuration that is given often. */
  readonly shortcut?: Shortcut;
  readonly examples: readonly string[];
}

/** Methods beside self-training, each a durable run of its own. */
const DECLARED: readonly Declared[] = [
  {
    method: 'transfer',
    description: 'bring a model to new classes: a new head, or fine-tuning',
    shortcut: {
      flags: '--mode <mode>',
      key: 'mode',
      description: 'head, fine-tune, or auto, which measures (default: auto)',
    },
    examples: ['apprentice transfer shoes.yaml', 'apprentice transfer shoes.yaml --mode head'],
  },
  {
    method: 'distill',
    description: 'teach a smaller network what larger ones know',
    examples: ['apprentice distill small.yaml'],
  },
  {
    method: 'extend',
    description: 'add classes to a model without their old pictures, and without forgetting',
    examples: ['apprentice extend more-classes.yaml'],
  },
  {
    method: 'search',
    description: 'look for the augmentation policy that suits the pictures',
    out: 'the best policy, as YAML for `run`',
    examples: ['apprentice search policy.yaml --out best.yaml'],
  },
  {
    method: 'gap',
    description: 'how far the labelled pictures are from the real ones',
    out: 'folder for the report and its pictures',
    examples: ['apprentice gap gap.yaml --out gap/'],
  },
  {
    method: 'labelNext',
    description: 'the pictures that are most useful to label next',
    out: 'the list, as CSV; a sheet of the pictures beside it',
    shortcut: {
      flags: '--count <images>',
      key: 'count',
      description: 'how many (default: 100)',
      argument: 'n',
    },
    examples: [
      'apprentice label-next next.yaml 50 --out next.csv',
      'apprentice label-next next.yaml --set by=margin --count 20',
    ],
  },
  {
    method: 'robustness',
    description: 'accuracy under noise, blur, contrast, brightness, JPEG and pixelation',
    out: 'folder for the report and its pictures',
    examples: ['apprentice robustness robust.yaml'],
  },
];

/** Starting the methods; `follow`, `show`, `pause`, `resume` and `cancel` are the same as of runs. */
export function declareMethods(program: Command): void {
  for (const { method, description, out, shortcut, examples: lines } of DECLARED) {
    const declared = program
      .command(commandOf(method))
      .argument('<config>', 'YAML or JSON file; only what deviates from the defaults')
      .description(description)
      .option('--set <key=value>', 'replace a value of the file, again and again', gathered, [])
      .option('--id <run>', 'id of the run (default: name, day and four hex digits)')
      .option('--detach', 'start it and return')
      .option('--json', 'a JSON line for each thing that happens');
    if (shortcut) declared.option(shortcut.flags, shortcut.description);
    if (shortcut?.argument) {
      declared.argument(`[${shortcut.argument}]`, `the same as --${shortcut.key}`, wholeNumber);
    }
    if (out) declared.addOption(new Option('--out <path>', out).conflicts('detach'));
    declared.addHelpText('after', examples(...lines)).action(async () => {
      const [config, argument] = declared.processedArgs as [string, number?];
      const options = declared.opts();
      const short = shortcut && shortValue(declared, shortcut, argument);
      const set = short === undefined ? options['set'] : [...options['set'], `${shortcut!.key}=${short}`];
      await (await import('../commands/method.js')).runMethod(method, config, { ...options, set });
    });
  }
}

/** As the option or the argument gives it; undefined where neither does. */
function shortValue(declared: Command, { key }: Shortcut, argument?: number): string | number | undefined {
  const option: string | undefined = declared.opts()[key];
  if (argument !== undefined && option !== undefined && Number(option) !== argument) {
    declared.error(
      `error: --${key}: received ${option}, and ${argument} behind the file; expected one of them`,
    );
  }
  return argument ?? option;
}
