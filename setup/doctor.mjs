// @ts-check
import { cacheFolder } from './cache-folder.mjs';
import { examineDisk, examineGpu, examineNode } from './doctor/machine.mjs';
import { examineBuild, examineEngine, examinePackages, examineServer } from './doctor/parts.mjs';
import { examineGo, examineTool } from './doctor/tools.mjs';
import { locateProject } from './project.mjs';
import { sum } from './quantities.mjs';
import { setupSteps } from './setup.mjs';
import { build } from './steps/build.mjs';
import { linkedEngine, tensorflowEngine } from './steps/tensorflow-engine.mjs';

export { findingsText } from './doctor/findings-text.mjs';

/**
 * @typedef {import('./doctor/finding.mjs').Finding} Finding
 * @typedef {import('./steps/step.mjs').Context} Context
 * @typedef {import('./steps/step.mjs').StepState} StepState
 * @typedef {import('./steps/step.mjs').Step} Step
 */

/**
 * Checks everything that Apprentice needs, and changes nothing. Takes some seconds, because it loads the engine.
 *
 * @param {{environment?: NodeJS.ProcessEnv, project?: import('./project.mjs').Project}} [options]
 * @returns {Promise<Finding[]>}
 */
export async function examine({ environment = process.env, project = locateProject() } = {}) {
  /** @type {Context} */
  const context = { project, cache: cacheFolder(environment), environment, engine: undefined };
  const states = await inspectAll(setupSteps(project), context);
  const pending = [...states.values()].flatMap((state) =>
    state instanceof Error || state.done ? [] : [state],
  );
  const needs = new Set(pending.flatMap((state) => state.needs));
  const engineState = states.get(tensorflowEngine) ?? new Error('not inspected');
  const server = examineServer(context);
  const buildState = states.get(build);

  /** @type {(Finding | Promise<Finding>)[]} */
  const findings = [
    examineNode(process.versions.node),
    ...(project.isCheckout ? [examineTool('npm', environment, needs.has('npm'))] : []),
    examineTool('python', environment, needs.has('python')),
    examineTool('compiler', environment, needs.has('compiler')),
    ...(server.status === 'ok' ? [] : [examineGo(environment)]),
    examinePackages(context),
    examineEngine(context, engineState),
    examineGpu(environment, linkedEngine(project.root), project),
    server,
    ...(buildState ? [examineBuild(context, buildState)] : []),
    examineDisk(context.cache, project.root, {
      cacheBytes: sum(pending.map(({ bytes }) => bytes)),
      projectBytes: sum(pending.map(({ projectBytes }) => projectBytes ?? 0)),
    }),
  ];
  return Promise.all(findings);
}

/**
 * @param {readonly Finding[]} findings
 * @returns {boolean} whether something keeps Apprentice from running
 */
export function hasProblem(findings) {
  return findings.some(({ status }) => status === 'problem');
}

/**
 * @param {readonly Step[]} steps
 * @param {Context} context
 * @returns {Promise<Map<Step, StepState | Error>>}
 */
async function inspectAll(steps, context) {
  const states = steps.map(async (step) => {
    // An error of one step becomes a finding; the other steps are still inspected.
    const state = await step.inspect(context).catch((/** @type {Error} */ error) => error);
    return /** @type {const} */ ([step, state]);
  });
  return new Map(await Promise.all(states));
}
