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
import { messageOf, SetupError } from './setup-error.mjs';
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
 * @property {boolean} [quiet] say nothing of what is there already
 * @property {import('./tensorflow/wheels.mjs').EngineKind} [engine] which TensorFlow; else what is there stays
 * @property {NodeJS.ProcessEnv} [environment]
 * @property {import('./project.mjs').Project} [project]
 * @property {readonly Step[]} [steps] for tests
 * @property {import('./progress.mjs').Output} [output] default: the error output
 */

/**
 * The server comes before the engine: it's the likelier one to end in something that the person has to install.
 *
 * @param {import('./project.mjs').Project} project
 * @returns {Step[]}
 */
export function setupSteps({ isCheckout }) {
  const forAll = [temporalServer, tensorflowEngine];
  return isCheckout ? [packages, ...forAll, build] : forAll;
}

/**
 * Sees to everything that Apprentice needs beyond Node; does only what isn't done yet, and may be called by
 * several processes at once.
 *
 * @param {SetupOptions} [options]
 * @returns {Promise<void>}
 * @throws {SetupError} with what the person can do about it
 */
export async function setup(options = {}) {
  const { quiet = false, engine, environment = process.env, output = process.stderr } = options;
  const project = options.project ?? locateProject();
  const steps = options.steps ?? setupSteps(project);
  /** @type {Context} */
  const context = { project, cache: cacheFolder(environment), environment, engine };
  const progress = createProgress(output, { quiet, environment });

  const looks = await lookAtAll(steps, context);
  if (looks.every(({ look }) => look.done)) {
    for (const { step, look } of looks) progress.step(step.name).skipped(look.detail);
    return;
  }
  await checkBeforeWork(looks, context);
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
function lookAtAll(steps, context) {
  return Promise.all(steps.map(async (step) => ({ step, look: await step.look(context) })));
}

/**
 * All that can be known to be missing is told at once, before anything is changed.
 *
 * @param {Awaited<ReturnType<typeof lookAtAll>>} looks
 * @param {Context} context
 */
async function checkBeforeWork(looks, { project, cache, environment }) {
  const pending = looks.filter(({ look }) => !look.done).map(({ look }) => look);
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
      `The cache folder ${cache} can't be made (${messageOf(error)}). ` +
        'Set APPRENTICE_CACHE to a folder that you may write to, and run the same command again.',
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
    // Looked at afresh: an earlier step, or the set-up that was waited for, may have changed what is to be done.
    const look = await step.look(context);
    if (look.done) {
      line.skipped(look.detail);
      continue;
    }
    line.doing(look.detail);
    try {
      line.done(await step.run(context, line));
    } catch (error) {
      line.failed();
      throw error;
    }
  }
}

/** @param {number[]} values */
function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
