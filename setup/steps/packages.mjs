// @ts-check
import { runCommand } from '../command.mjs';
import { installedProblem, lockedCount } from '../packages/installed-packages.mjs';
import { messageOf, SetupError } from '../setup-error.mjs';
import { findNpm } from '../toolchain.mjs';
import { alreadyDone } from './step.mjs';

const NODE_MODULES_BYTES = 0.8e9;

/** Everything the lock file names and nothing else, whatever NODE_ENV or the person's npm settings say otherwise. */
const INSTALL = [
  ...['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--include=peer'],
  ...['--install-strategy=hoisted', '--legacy-peer-deps=false', '--no-audit', '--no-fund'],
];

/** With this npm tells of each package that it fetched; the only progress it has to offer off a terminal. */
const VERBOSITY = '--loglevel=http';
const FETCHED = /^npm http (fetch GET|cache) /;

/** @type {import('./step.mjs').Step} the npm packages of a checkout */
export const packages = {
  name: 'npm packages',

  async look({ project }) {
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
    if (!npm) throw new SetupError('npm has vanished from PATH since set-up began.');
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
