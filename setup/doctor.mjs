// @ts-check
import { cacheFolder } from './cache-folder.mjs';
import { examineDisk, examineGpu, examineNode } from './doctor/machine.mjs';
import { examineBuild, examineEngine, examinePackages, examineServer } from './doctor/parts.mjs';
import { examineGo, examineTool } from './doctor/tools.mjs';
import { locateProject } from './project.mjs';
import { setupSteps } from './setup.mjs';
import { build } from './steps/build.mjs';
import { linkedEngine, tensorflowEngine } from './steps/tensorflow-engine.mjs';

export { findingsText } from './doctor/findings-text.mjs';

/**
 * @typedef {import('./doctor/finding.mjs').Finding} Finding
 * @typedef {import('./steps/step.mjs').Context} Context
 * @typedef {import('./steps/step.mjs').Look} Look
 * @typedef {import('./steps/step.mjs').Step} Step
 */

/**
 * Looks at everything that Apprentice needs, and changes nothing. Takes some seconds: the engine is loaded for a try.
 *
 * @param {{environment?: NodeJS.ProcessEnv, project?: import('./project.mjs').Project}} [options]
 * @returns {Promise<Finding[]>}
 */
export async function examine({ environment = process.env, project = locateProject() } = {}) {
  /** @type {Context} */
  const context = { project, cache: cacheFolder(environment), environment, engine: undefined };
  const looks = await lookAtAll(setupSteps(project), context);
  const pending = [...looks.values()].flatMap((look) => (look instanceof Error || look.done ? [] : [look]));
  const needs = new Set(pending.flatMap((look) => look.needs));
  const engineLook = looks.get(tensorflowEngine) ?? new Error('not looked at');
  const server = examineServer(context);
  const buildLook = looks.get(build);

  /** @type {(Finding | Promise<Finding>)[]} */
  const findings = [
    examineNode(process.versions.node),
    ...(project.isCheckout ? [examineTool('npm', environment, needs.has('npm'))] : []),
    examineTool('python', environment, needs.has('python')),
    examineTool('compiler', environment, needs.has('compiler')),
    ...(server.status === 'ok' ? [] : [examineGo(environment)]),
    examinePackages(context),
    examineEngine(context, engineLook),
    examineGpu(environment, linkedEngine(project.root), project),
    server,
    ...(buildLook ? [examineBuild(context, buildLook)] : []),
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
 * @returns {Promise<Map<Step, Look | Error>>}
 */
async function lookAtAll(steps, context) {
  const looks = steps.map(async (step) => {
    // What one step stumbles over is a finding; the others are still looked at.
    const look = await step.look(context).catch((/** @type {Error} */ error) => error);
    return /** @type {const} */ ([step, look]);
  });
  return new Map(await Promise.all(looks));
}

/** @param {number[]} values */
function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
