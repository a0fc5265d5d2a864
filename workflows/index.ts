/** The workflows in the orchestrator's bundle. */
export { searchTrial } from './methods/search/trial.js';
export { generation } from './methods/self-training/generation.js';
export { run } from './run.js';
