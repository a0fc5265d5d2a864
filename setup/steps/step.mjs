// @ts-check
/**
 * One thing that set-up sees to. `look` changes nothing and is quick; `run` may assume that the steps before are done.
 *
 * @typedef {object} Context
 * @property {import('../project.mjs').Project} project
 * @property {string} cache
 * @property {NodeJS.ProcessEnv} environment
 * @property {import('../tensorflow/wheels.mjs').EngineKind | undefined} engine asked for in so many words
 *
 * @typedef {object} Look
 * @property {boolean} done
 * @property {string} detail what is there, or what is to be done
 * @property {import('../install-hint.mjs').Tool[]} needs
 * @property {number} bytes that the rest will take on the cache's disk
 * @property {number} [projectBytes] that it will take on the project's disk
 *
 * @typedef {object} Step
 * @property {string} name
 * @property {(context: Context) => Promise<Look>} look
 * @property {(context: Context, line: import('../progress.mjs').Line) => Promise<string>} run returns what is there now
 */

/**
 * @param {string} detail
 * @returns {Look}
 */
export function alreadyDone(detail) {
  return { done: true, detail, needs: [], bytes: 0 };
}
