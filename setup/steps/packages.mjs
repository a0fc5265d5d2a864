// @ts-check
import { runCommand } from '../command.mjs';
import { installedProblem, lockedCount } from '../packages/installed-packages.mjs';
import { messageOf, SetupError } from '../setup-error.mjs';
import { findNpm } from '../toolchain.mjs';
import { alreadyDone } from './step.mjs';

const NODE_MODULES_BYTES = 0.8e9;

/** Installs exactly what the lock file names, whatever NODE_ENV or the user's npm settings say. */
const INSTALL = [
  ...['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--include=peer'],
  ...['--install-strategy=hoisted', '--legacy-peer-deps=false', '--no-audit', '--no-fund'],
];

/** Makes npm log each package that it fetches: its only progress output without a terminal. */
const VERBOSITY = '--loglevel=http';
const FETCHED = /^npm http (fetch GET|cache) /;

/** @type {import('./step.mjs').Step} the npm packages of a checkout */
export const packages = {
  name: 'npm packages',

  async inspect({ project }) {
    const problem = installedProblem(project.root);
    if (!problem) return alreadyDone('as in package-lock.json');
    return {
      done: false,
      detail: `installing (${problem})`,
      needs: ['npm'],
      bytes: 0,
      projectBytes: NODE_MODULES_BYTES,
    };
  },

  async run({ project, environment }, line) {
    const npm = findNpm(environment);
    if (!npm) throw new SetupError('npm is no longer on PATH.');
    const [command, ...given] = npm;
    const total = lockedCount(project.root);
    let fetched = 0;
    try {
      await runCommand(command, [...given, ...INSTALL, VERBOSITY], {
        folder: project.root,
        environment,
        isNoise: (said) => FETCHED.test(said),
        onLine(said) {
          if (!FETCHED.test(said)) return;
          fetched = Math.min(fetched + 1, total);
          if (fetched < total) line.doing('fetching packages', `${fetched} of ${total}`);
          else line.doing('unpacking packages');
        },
      });
    } catch (error) {
      throw new SetupError(
        `${messageOf(error)}\n\nThe npm packages could not be installed. Check the network, and the proxy or registry ` +
          'that npm is set to (`npm config ls`); then run the same command again.',
        { cause: error },
      );
    }
    const problem = installedProblem(project.root);
    if (problem) {
      throw new SetupError(`npm ended without an error, but ${problem}. Run \`npm ci\` by hand to see why.`);
    }
    return `${total} packages`;
  },
};
