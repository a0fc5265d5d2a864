import type { ArtifactStore } from '../domain/artifact-store.js';
import { writeMethodReport } from '../storage/runs.js';
import { checkInput } from './check-input.js';
import type { OrchestrationActivities } from './contract.js';
import { findReigning } from './find-reigning.js';
import { judge } from './judge.js';
import { concludeRobustness } from './methods/conclude-robustness.js';
import { searchActivities } from './methods/search-activities.js';
import { promote } from './promote.js';
import { selectPseudoLabels } from './select-pseudo-labels.js';
import { writeReport } from './write-report.js';

/** The activities of an orchestrator worker. None of them loads TensorFlow. */
export function orchestrationActivities(store: ArtifactStore): OrchestrationActivities {
  return {
    selectPseudoLabels: async (input) => selectPseudoLabels(checkInput('selectPseudoLabels', input), store),
    judge: async (input) => judge(checkInput('judge', input), store),
    findReigning: async (input) => findReigning(checkInput('findReigning', input), store),
    promote: async (input) => promote(checkInput('promote', input), store),
    writeMethodReport: async (input) =>
      writeMethodReport(store, checkInput('writeMethodReport', input).report),
    ...searchActivities(store),
    concludeRobustness: async (input) => concludeRobustness(checkInput('concludeRobustness', input)),
    writeReport: async (input) => writeReport(checkInput('writeReport', input), store),
  };
}
