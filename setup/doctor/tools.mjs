// @ts-check
import { runCommand } from '../command.mjs';
import { findPackageManager, installCommands } from '../install-hint.mjs';
import { findMissingTools } from '../missing-tools.mjs';
import { findCompiler, findGo, findNpm, findPython } from '../toolchain.mjs';
import { ok, problem, warning } from './finding.mjs';

/**
 * @typedef {import('./finding.mjs').Finding} Finding
 * @typedef {import('../install-hint.mjs').Tool} Tool
 */

/** @type {Record<Tool, {name: string, find: (environment: NodeJS.ProcessEnv) => Promise<string | undefined>}>} */
const TOOLS = {
  npm: {
    name: 'npm',
    async find(environment) {
      const npm = findNpm(environment);
      if (!npm) return undefined;
      const [command, ...given] = npm;
      const version = await runCommand(command, [...given, '--version'], { environment, timeoutMs: 20_000 });
      return `${version} (${npm.join(' ')})`;
    },
  },
  python: {
    name: 'Python',
    async find(environment) {
      const python = await findPython(environment);
      return python?.pip && `${python.version} with pip ${python.pip} (${python.path})`;
    },
  },
  compiler: {
    name: 'C++ compiler',
    async find(environment) {
      const compiler = await findCompiler(environment);
      return compiler && `${compiler.version} (${compiler.command.join(' ')})`;
    },
  },
};

/**
 * @param {Tool} tool
 * @param {NodeJS.ProcessEnv} environment
 * @param {boolean} isNeeded whether a remaining step of set-up needs it
 * @returns {Promise<Finding>}
 */
export async function examineTool(tool, environment, isNeeded) {
  const { name, find } = TOOLS[tool];
  const found = await find(environment);
  if (found) return ok(name, found);
  if (!isNeeded) return ok(name, 'not found, and not needed: set-up is done with it');
  const [missing] = await findMissingTools([tool], environment);
  return problem(name, missing?.problem ?? 'not found', howToInstall(tool, environment));
}

/**
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<Finding>} only checked while there is no Temporal server
 */
export async function examineGo(environment) {
  const go = await findGo(environment);
  if (go) return ok('Go', `${go.version} (${go.path})`);
  return warning(
    'Go',
    'not found; the Temporal server is compiled with it where it cannot be downloaded',
    'Install Go from go.dev/doc/install if set-up cannot download the Temporal server.',
  );
}

/**
 * @param {Tool} tool
 * @param {NodeJS.ProcessEnv} environment
 */
function howToInstall(tool, environment) {
  if (tool === 'npm') return 'Install Node.js with npm: nodejs.org, nvm or fnm.';
  const commands = installCommands([tool], findPackageManager(environment), process.getuid?.() === 0);
  return `Install it with: ${commands.join('   or: ')}`;
}
