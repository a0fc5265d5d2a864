// @ts-check
/**
 * A step of set-up. `inspect` is quick and changes nothing; `run` may assume that the earlier steps are done.
 *
 * @typedef {object} Context
 * @property {import('../project.mjs').Project} project
 * @property {string} cache
 * @property {NodeJS.ProcessEnv} environment
 * @property {import('../tensorflow/wheels.mjs').EngineKind | undefined} engine only if explicitly requested
 *
 * @typedef {object} StepState
 * @property {boolean} done
 * @property {string} detail what is installed, or what remains to be done
 * @property {import('../install-hint.mjs').Tool[]} needs
 * @property {number} bytes that the remaining work needs on the cache's disk
 * @property {number} [projectBytes] bytes that it needs on the project's disk
 *
 * @typedef {object} Step
 * @property {string} name
 * @property {(context: Context) => Promise<StepState>} inspect
 * @property {(context: Context, line: import('../progress.mjs').Line) => Promise<string>} run returns a description of the result
 */

/**
 * @param {string} detail
 * @returns {StepState}
 */
export function alreadyDone(detail) {
  return { done: true, detail, needs: [], bytes: 0 };
}
