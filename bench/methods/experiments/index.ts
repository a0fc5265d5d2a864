import { ablation } from './ablation.js';
import { budgets } from './budgets.js';
import { ceiling } from './ceiling.js';
import type { Experiment } from './experiment.js';

/** All experiments, in the order of the report and of measuring. */
export const EXPERIMENTS: readonly Experiment[] = [budgets, ceiling, ablation];
