/** Everything that the orchestrator's workflow bundle offers. */
export { generation } from './generation.js';
export { noisyStudentRun } from './run.js';
