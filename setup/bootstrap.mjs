// @ts-check
/**
 * `node setup/bootstrap.mjs [--quiet] [--gpu] [--backbones]`: sets up everything that a clean clone needs to run.
 * Exits with 0, or with 1 and a message that says what to do.
 */
import { nodeVersionProblem } from './node-version.mjs';

const USAGE = 'usage: node setup/bootstrap.mjs [--quiet] [--gpu | --cpu] [--backbones]';
const KNOWN_OPTIONS = ['--quiet', '--gpu', '--cpu', '--backbones'];

const given = process.argv.slice(2);
const unknown = given.filter((option) => !KNOWN_OPTIONS.includes(option));
const nodeProblem = nodeVersionProblem(process.versions.node);

if (unknown.length > 0) {
  fail(`Unknown option ${unknown.join(' ')}; ${USAGE}`);
} else if (nodeProblem) {
  fail(nodeProblem);
} else {
  await run();
}

async function run() {
  // Imported only now: an unsupported Node must report the reason, not a syntax error.
  const [{ setup }, { SetupError }] = await Promise.all([import('./setup.mjs'), import('./setup-error.mjs')]);
  const engine = given.includes('--gpu') ? 'gpu' : given.includes('--cpu') ? 'cpu' : undefined;
  try {
    await setup({
      quiet: given.includes('--quiet'),
      backbones: given.includes('--backbones'),
      ...(engine ? { engine } : {}),
    });
  } catch (error) {
    if (error instanceof SetupError) fail(error.message);
    else throw error;
  }
}

/** @param {string} message */
function fail(message) {
  process.stderr.write(`\n${message}\n`);
  process.exitCode = 1;
}
