/** Everything that the orchestrator's workflow bundle offers. */
export { generation } from './generation.js';
export { distill } from './methods/distill.js';
export { extend } from './methods/extend.js';
export { gap } from './methods/gap.js';
export { labelNext } from './methods/label-next.js';
export { robustness } from './methods/robustness.js';
export { search } from './methods/search.js';
export { searchTrial } from './methods/search-trial.js';
export { transfer } from './methods/transfer.js';
export { noisyStudentRun } from './run.js';
