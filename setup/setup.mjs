// @ts-check
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.mjs';
import { endingCommandsOnSignals } from './command.mjs';
import { spaceProblem } from './disk-space.mjs';
import { hashOfText } from './hash.mjs';
import { withLock } from './lock.mjs';
import { findMissingTools, missingToolsMessage } from './missing-tools.mjs';
import { createProgress } from './progress.mjs';
import { locateProject } from './project.mjs';
import { sum } from './quantities.mjs';
import { messageOf, SetupError } from './setup-error.mjs';
import { backbones } from './steps/backbones.mjs';
import { build } from './steps/build.mjs';
import { packages } from './steps/packages.mjs';
import { temporalServer } from './steps/temporal-server.mjs';
import { tensorflowEngine } from './steps/tensorflow-engine.mjs';

/**
 * @typedef {import('./steps/step.mjs').Context} Context
 * @typedef {import('./steps/step.mjs').Step} Step
 * @typedef {import('./progress.mjs').Progress} Progress
 *
 * @typedef {object} SetupOptions
 * @property {boolean} [quiet] print nothing about steps that are already done
 * @property {import('./tensorflow/wheels.mjs').EngineKind} [engine] which TensorFlow; the installed one by default
 * @property {boolean} [backbones] fetch the pretrained backbones, too
 * @property {NodeJS.ProcessEnv} [environment]
 * @property {import('./project.mjs').Project} [project]
 * @property {readonly Step[]} [steps] instead of all
 * @property {import('./progress.mjs').Output} [output] standard error by default
 */

/**
 * The server comes before the engine, because it is more likely to need a tool that the user must install.
 *
 * @param {import('./project.mjs').Project} project
 * @returns {Step[]}
 */
export function setupSteps({ isCheckout }) {
  const forAll = [temporalServer, tensorflowEngine];
  return isCheckout ? [packages, ...forAll, build] : forAll;
}

/**
 * Installs everything that Apprentice needs besides Node. Skips what is done already; several processes may call it at
 * once.
 *
 * @param {SetupOptions} [options]
 * @returns {Promise<void>}
 * @throws {SetupError} with the remedy
 */
export async function setup(options = {}) {
  const { quiet = false, engine, environment = process.env, output = process.stderr } = options;
  const project = options.project ?? locateProject();
  const steps = options.steps ?? [...setupSteps(project), ...(options.backbones ? [backbones()] : [])];
  /** @type {Context} */
  const context = { project, cache: cacheFolder(environment), environment, engine };
  const progress = createProgress(output, { quiet, environment });

  const states = await inspectAll(steps, context);
  if (states.every(({ state }) => state.done)) {
    for (const { step, state } of states) progress.step(step.name).skipped(state.detail);
    return;
  }
  await checkBeforeWork(states, context);
  const lock = join(context.cache, 'locks', `setup-${hashOfText(project.root).slice(0, 16)}`);
  await endingCommandsOnSignals(() =>
    withLock(
      lock,
      () => runPending(steps, context, progress),
      ({ pid }) => progress.say(`Waiting for another set-up of ${project.root} to end (process ${pid}).`),
    ),
  );
}

/**
 * @param {readonly Step[]} steps
 * @param {Context} context
 */
function inspectAll(steps, context) {
  return Promise.all(steps.map(async (step) => ({ step, state: await step.inspect(context) })));
}

/**
 * Reports all missing tools and disk space at once, before anything is changed.
 *
 * @param {Awaited<ReturnType<typeof inspectAll>>} states
 * @param {Context} context
 */
async function checkBeforeWork(states, { project, cache, environment }) {
  const pending = states.filter(({ state }) => !state.done).map(({ state }) => state);
  const missing = await findMissingTools(
    pending.flatMap(({ needs }) => needs),
    environment,
  );
  if (missing.length > 0) throw new SetupError(missingToolsMessage(missing, environment));
  const problem = await spaceProblem([
    { folder: cache, bytes: sum(pending.map(({ bytes }) => bytes)) },
    { folder: project.root, bytes: sum(pending.map(({ projectBytes }) => projectBytes ?? 0)) },
  ]);
  if (problem) throw new SetupError(problem);
  await mkdir(cache, { recursive: true }).catch((error) => {
    throw new SetupError(
      `The cache folder ${cache} can't be created (${messageOf(error)}). ` +
        'Set APPRENTICE_CACHE to a folder that you can write to, and run the same command again.',
    );
  });
}

/**
 * @param {readonly Step[]} steps
 * @param {Context} context
 * @param {Progress} progress
 */
async function runPending(steps, context, progress) {
  for (const step of steps) {
    const line = progress.step(step.name);
    // Inspected again: an earlier step, or another set-up that held the lock, may have changed the state.
    const state = await step.inspect(context);
    if (state.done) {
      line.skipped(state.detail);
      continue;
    }
    line.doing(state.detail);
    try {
      line.done(await step.run(context, line));
    } catch (error) {
      line.failed();
      throw error;
    }
  }
}
