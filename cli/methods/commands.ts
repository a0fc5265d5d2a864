import type { MethodName } from '../../domain/methods.js';
import type { MethodView } from './method-view.js';

/** The command of a method, `apprentice distill CONFIG`, and its view, which is loaded when needed. */
export interface MethodCommand<Name extends MethodName> {
  readonly description: string;
  readonly examples: readonly string[];
  /** The output of `--out`. A list has a sheet of pictures beside it with the same name. */
  readonly out?: { readonly into: 'file' | 'list' | 'folder'; readonly description: string };
  readonly shortcut?: Shortcut;
  readonly load: () => Promise<{ readonly view: MethodView<Name> }>;
}

/** An option for a frequently set value of the configuration. */
export interface Shortcut {
  readonly flags: string;
  readonly key: string;
  readonly description: string;
  /** Name of a second argument that sets the same whole number. */
  readonly argument?: string;
}

export const METHOD_COMMANDS: { readonly [Name in MethodName]: MethodCommand<Name> } = {
  'self-training': {
    description: 'train a teacher and noisy students (the default method of `run`)',
    examples: ['apprentice self-training clothes.yaml'],
    load: () => import('./self-training/view.js'),
  },
  transfer: {
    description: 'transfer a model to new classes: a new head, or fine-tuning',
    examples: ['apprentice transfer shoes.yaml', 'apprentice transfer shoes.yaml --mode head'],
    shortcut: {
      flags: '--mode <mode>',
      key: 'mode',
      description: 'head, fine-tune or auto (default: auto)',
    },
    load: () => import('./transfer/view.js'),
  },
  distill: {
    description: 'train a smaller network on the predictions of larger ones',
    examples: ['apprentice distill small.yaml'],
    load: () => import('./distill/view.js'),
  },
  extend: {
    description: 'add classes to a model without its old pictures and without forgetting',
    examples: ['apprentice extend more-classes.yaml'],
    load: () => import('./extend/view.js'),
  },
  search: {
    description: 'search for the best augmentation policy',
    examples: ['apprentice search policy.yaml --out best.yaml'],
    out: { into: 'file', description: 'the best policy, as YAML for `run --with`' },
    load: () => import('./search/view.js'),
  },
  gap: {
    description: 'measure how far the labelled pictures are from the real ones',
    examples: ['apprentice gap gap.yaml --out gap/'],
    out: { into: 'folder', description: 'folder for the report and its pictures' },
    load: () => import('./gap/view.js'),
  },
  'label-next': {
    description: 'choose the pictures whose labels would help most',
    examples: [
      'apprentice label-next next.yaml 50 --out next.csv',
      'apprentice label-next next.yaml --set by=margin --count 20',
    ],
    out: { into: 'list', description: 'the list as CSV, and beside it a sheet of the pictures' },
    shortcut: {
      flags: '--count <images>',
      key: 'count',
      description: 'number of pictures (default: 100)',
      argument: 'n',
    },
    load: () => import('./label-next/view.js'),
  },
  robustness: {
    description: 'measure accuracy under noise, blur, contrast, brightness, JPEG and pixelation',
    examples: ['apprentice robustness robust.yaml'],
    out: { into: 'folder', description: 'folder for the report and its pictures' },
    load: () => import('./robustness/view.js'),
  },
  evaluate: {
    description: 'measure a model on a data set: accuracy, calibration, classes, confusion matrix',
    examples: ['apprentice evaluate evaluate.yaml', 'apprentice evaluate evaluate.yaml --out measured/'],
    out: { into: 'folder', description: 'folder for the report, the classes and the confusion matrix' },
    load: () => import('./evaluate/view.js'),
  },
};

/** METHOD_NAMES without loading the schemas, which takes long. */
export const COMMAND_NAMES = Object.keys(METHOD_COMMANDS) as readonly MethodName[];

export async function viewOf<Name extends MethodName>(method: Name): Promise<MethodView<Name>> {
  return (await METHOD_COMMANDS[method].load()).view;
}
