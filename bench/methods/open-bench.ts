import { join, resolve } from 'node:path';
import { openStore } from '../../storage/open-store.js';
import type { Arguments } from './arguments.js';
import type { Cell } from './cell.js';
import { benchData, possibleBudgets } from './data.js';
import type { Experiment, Setting } from './experiments/experiment.js';
import { EXPERIMENTS } from './experiments/index.js';
import { Lab } from './lab.js';
import { fullScale, shortScale } from './scale.js';

/** The default folder for models and results. */
export const HOME = resolve('.apprentice/bench/methods');

/** The cells to measure, and their data. */
export interface Bench {
  readonly lab: Lab;
  /** Name of the data in the report. */
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
 * Opens the data and plans the cells of a command line; deterministic, so that child processes have the same plan.
 * @param report is called repeatedly with the current activity
 * @throws ConfigurationError, DataError before anything is trained
 */
export async function openBench(
  args: Arguments,
  signal: AbortSignal,
  report: (text: string) => void,
): Promise<Bench> {
  const { data, name } = await benchData(args.data, args.size, join(HOME, 'lists'));
  const budgets = await possibleBudgets(data, args.labels);
  const lab = new Lab({ data, store: openStore(join(HOME, 'store')), signal, again: args.again, report });
  const { contentHash, classes, images } = await lab.split(0, budgets[0]!);
  const image = images.labelled.shape;
  const { seeds, precision } = args;
  const side = Math.max(image.height, image.width);
  const scale = (args.short ? shortScale : fullScale)({ side, seeds, budgets, precision });
  const setting = { scale, classes };
  // Some experiments need more than two classes.
  const experiments = EXPERIMENTS.filter((experiment) => experiment.cells(setting).length > 0);
  const planned = experiments.flatMap((experiment) => experiment.cells(setting));
  // Seed by seed: an interrupted bench has every experiment for the first seeds.
  const cells = scale.seeds.flatMap((seed) => planned.filter((cell) => cell.seed === seed));
  const { validationPerClass } = data;
  return { lab, name, image, contentHash, validationPerClass, setting, experiments, cells };
}
