import type { MethodName } from '../../domain/methods.js';
import type { MethodView } from './method-view.js';

/** A method's own command, `apprentice distill CONFIG`, and its view, which is loaded when a run is drawn. */
export interface MethodCommand<Name extends MethodName> {
  readonly description: string;
  readonly examples: readonly string[];
  /** Where `--out` writes, and what. A list has a sheet of pictures beside it, by the same name. */
  readonly out?: { readonly into: 'file' | 'list' | 'folder'; readonly description: string };
  readonly shortcut?: Shortcut;
  readonly load: () => Promise<{ readonly view: MethodView<Name> }>;
}

/** An option for a value of the configuration that people often set. */
export interface Shortcut {
  readonly flags: string;
  readonly key: string;
  readonly description: string;
  /** Name of an argument behind the file that sets the same whole number. */
  readonly argument?: string;
}

export const METHOD_COMMANDS: { readonly [Name in MethodName]: MethodCommand<Name> } = {
  'self-training': {
    description: 'train a teacher and noisy students: what `run` does unless the file says otherwise',
    examples: ['apprentice self-training clothes.yaml'],
    load: () => import('./self-training/view.js'),
  },
  transfer: {
    description: 'bring a model to new classes: a new head, or fine-tuning',
    examples: ['apprentice transfer shoes.yaml', 'apprentice transfer shoes.yaml --mode head'],
    shortcut: {
      flags: '--mode <mode>',
      key: 'mode',
      description: 'head, fine-tune, or auto, which measures (default: auto)',
    },
    load: () => import('./transfer/view.js'),
  },
  distill: {
    description: 'train a smaller network on the predictions of larger ones',
    examples: ['apprentice distill small.yaml'],
    load: () => import('./distill/view.js'),
  },
  extend: {
    description: 'add classes to a model without their old pictures, and without forgetting',
    examples: ['apprentice extend more-classes.yaml'],
    load: () => import('./extend/view.js'),
  },
  search: {
    description: 'look for the augmentation policy that suits the pictures',
    examples: ['apprentice search policy.yaml --out best.yaml'],
    out: { into: 'file', description: 'the best policy, as YAML for `run`' },
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
    out: { into: 'list', description: 'the list, as CSV; a sheet of the pictures beside it' },
    shortcut: {
      flags: '--count <images>',
      key: 'count',
      description: 'how many (default: 100)',
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
    description: 'measure a model on a data set: accuracy, calibration, each class, confusions',
    examples: ['apprentice evaluate evaluate.yaml', 'apprentice evaluate evaluate.yaml --out measured/'],
    out: { into: 'folder', description: 'folder for the report, the classes and the confusion matrix' },
    load: () => import('./evaluate/view.js'),
  },
};

/** The methods, without their schemas, which take long to load. */
export const COMMAND_NAMES = Object.keys(METHOD_COMMANDS) as readonly MethodName[];

/** The view of a method, whose types the run's configuration vouches for. */
export async function viewOf<Name extends MethodName>(method: Name): Promise<MethodView<Name>> {
  return (await METHOD_COMMANDS[method].load()).view;
}
