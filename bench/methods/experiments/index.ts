import { ablation } from './ablation.js';
import { budgets } from './budgets.js';
import { calibration } from './calibration.js';
import { ceiling } from './ceiling.js';
import { distillation } from './distillation.js';
import type { Experiment } from './experiment.js';
import { extension } from './extension.js';
import { labelling } from './labelling.js';
import { precision } from './precision.js';
import { robustness } from './robustness.js';
import { policySearch } from './search.js';
import { transfer } from './transfer.js';

/** All experiments, in the order of measuring and of the report. */
export const EXPERIMENTS: readonly Experiment[] = [
  budgets,
  ceiling,
  ablation,
  distillation,
  transfer,
  extension,
  policySearch,
  labelling,
  robustness,
  calibration,
  precision,
];
