// @ts-check
import { join } from 'node:path';
import { installedProblem } from '../packages/installed-packages.mjs';
import { packageFolder } from '../project.mjs';
import { messageOf } from '../setup-error.mjs';
import { findTemporalServer, versionText } from '../temporal/find-server.mjs';
import { parseServerVersion } from '../temporal/server-version.mjs';
import { TENSORFLOW_PACKAGE } from '../tensorflow/engine-parts.mjs';
import { tryEngine } from '../tensorflow/try-engine.mjs';
import { ok, problem, warning } from './finding.mjs';

/**
 * Checks of what set-up installs.
 *
 * @typedef {import('./finding.mjs').Finding} Finding
 * @typedef {import('../steps/step.mjs').Context} Context
 * @typedef {import('../steps/step.mjs').StepState} StepState
 */

/**
 * @param {Context} context
 * @returns {Finding}
 */
export function examinePackages({ project }) {
  const name = 'npm packages';
  if (project.isCheckout) {
    const wrong = installedProblem(project.root);
    return wrong ? problem(name, wrong, runSetup(project)) : ok(name, 'as in package-lock.json');
  }
  const missing = [TENSORFLOW_PACKAGE, '@temporalio/worker'].filter(
    (each) => !packageFolder(project.root, each),
  );
  if (missing.length === 0) return ok(name, `installed beside ${project.root}`);
  return problem(
    name,
    `${missing.join(' and ')} not found`,
    'Install Apprentice again: `npm install apprentice`.',
  );
}

/**
 * Loads the engine in a child process.
 *
 * @param {Context} context
 * @param {StepState | Error} state of the engine's step
 * @returns {Promise<Finding>}
 */
export async function examineEngine({ project, environment }, state) {
  const name = 'TensorFlow engine';
  if (state instanceof Error) return problem(name, 'cannot be set up', state.message);
  if (!state.done) return problem(name, `not set up (${state.detail})`, runSetup(project));
  try {
    const { tensorflow, usesGpu } = await tryEngine(project.root, environment);
    return ok(name, `TensorFlow ${tensorflow} loads and computes on the ${usesGpu ? 'GPU' : 'CPU'}`);
  } catch (error) {
    return problem(
      name,
      `${state.detail} is set up but does not run: ${messageOf(error)}`,
      `Delete ${engineLinks(project.root)} and run set-up again: \`${project.setupCommand}\`.`,
    );
  }
}

/**
 * @param {Context} context
 * @returns {Finding}
 */
export function examineServer({ project, environment }) {
  const name = 'Temporal server';
  try {
    const path = findTemporalServer(environment);
    if (!path) return problem(name, 'no Temporal CLI found', runSetup(project));
    const version = parseServerVersion(versionText(path, environment))?.server;
    if (version) return ok(name, `${version} (${path})`);
    return problem(
      name,
      `${path} does not run`,
      `Delete it and run set-up again: \`${project.setupCommand}\`.`,
    );
  } catch (error) {
    return problem(name, 'APPRENTICE_TEMPORAL can’t be used', messageOf(error));
  }
}

/**
 * @param {Context} context
 * @param {StepState | Error} state of the build's step
 * @returns {Finding}
 */
export function examineBuild({ project }, state) {
  if (state instanceof Error) return problem('Build', state.message, runSetup(project));
  // `npm run demo` and similar commands compile first.
  return state.done
    ? ok('Build', state.detail)
    : warning('Build', 'dist is not up to date', runSetup(project));
}

/** @param {string} root */
function engineLinks(root) {
  return join(packageFolder(root, TENSORFLOW_PACKAGE) ?? TENSORFLOW_PACKAGE, 'deps');
}

/** @param {import('../project.mjs').Project} project */
function runSetup({ setupCommand }) {
  return `Run \`${setupCommand}\`.`;
}
