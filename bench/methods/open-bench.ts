import { join, resolve } from 'node:path';
import { openStore } from '../../storage/open-store.js';
import type { Arguments } from './arguments.js';
import type { Cell } from './cell.js';
import { benchData, possibleBudgets } from './data.js';
import type { Experiment, Setting } from './experiments/experiment.js';
import { EXPERIMENTS } from './experiments/index.js';
import { Lab } from './lab.js';
import { fullScale, shortScale } from './scale.js';

/** Where the bench keeps models and results, unless told otherwise. */
export const HOME = resolve('.apprentice/bench/methods');

/** What is to be measured, and on what. */
export interface Bench {
  readonly lab: Lab;
  /** How the data is called. */
  readonly name: string;
  readonly image: { readonly width: number; readonly height: number };
  readonly contentHash: string;
  readonly validationPerClass: number;
  readonly setting: Setting;
  readonly experiments: readonly Experiment[];
  /** In the order of measuring. */
  readonly cells: readonly Cell[];
}

/**
 * The plan that a command line asks for: the same in each process that is told the same.
 * @param say told what is being done, over and over
 * @throws ConfigurationError, DataError before anything is trained
 */
export async function openBench(
  told: Arguments,
  signal: AbortSignal,
  say: (text: string) => void,
): Promise<Bench> {
  const { data, name } = await benchData(told.data, told.size, join(HOME, 'lists'));
  const budgets = await possibleBudgets(data, told.labels);
  const lab = new Lab({ data, store: openStore(join(HOME, 'store')), signal, again: told.again, say });
  const { contentHash, classes, images } = await lab.split(0, budgets[0]!);
  const image = images.labelled.shape;
  const { seeds, precision } = told;
  const side = Math.max(image.height, image.width);
  const scale = (told.short ? shortScale : fullScale)({ side, seeds, budgets, precision });
  const setting = { scale, classes };
  // Some have nothing to do where there are two classes.
  const experiments = EXPERIMENTS.filter((experiment) => experiment.cells(setting).length > 0);
  const planned = experiments.flatMap((experiment) => experiment.cells(setting));
  // A seed after the other: an interrupted bench has every experiment on the first ones.
  const cells = scale.seeds.flatMap((seed) => planned.filter((cell) => cell.seed === seed));
  const { validationPerClass } = data;
  return { lab, name, image, contentHash, validationPerClass, setting, experiments, cells };
}
