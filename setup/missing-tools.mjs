// @ts-check
import { findPackageManager, installCommands } from './install-hint.mjs';
import { COMPILERS, findCompiler, findNpm, findPython } from './toolchain.mjs';

/**
 * @typedef {import('./install-hint.mjs').Tool} Tool
 * @typedef {{tool: Tool, problem: string}} MissingTool
 */

/**
 * @param {Iterable<Tool>} needs
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<MissingTool[]>} all missing tools, so that one installation is enough
 */
export async function findMissingTools(needs, environment) {
  const found = await Promise.all(
    [...new Set(needs)].map(async (tool) => ({ tool, problem: await FINDERS[tool](environment) })),
  );
  return found.flatMap(({ tool, problem }) => (problem ? [{ tool, problem }] : []));
}

/** @type {Record<Tool, (environment: NodeJS.ProcessEnv) => Promise<string | undefined>>} */
const FINDERS = {
  async python(environment) {
    const python = await findPython(environment);
    if (python?.pip) return undefined;
    const purpose = 'Python 3 with pip, which downloads TensorFlow';
    if (!python) return `${purpose}: neither python3 nor python on PATH is a Python 3.`;
    return `${purpose}: ${python.path} is Python ${python.version}, but its pip does not run.`;
  },
  async compiler(environment) {
    if (await findCompiler(environment)) return undefined;
    const purpose = 'a C++17 compiler, which compiles the bindings of TensorFlow for Node';
    if (environment.CXX)
      return `${purpose}: CXX is set to ${environment.CXX}, which does not run; correct or unset it.`;
    return `${purpose}: none of ${COMPILERS.join(', ')} is on PATH.`;
  },
  async npm(environment) {
    if (findNpm(environment)) return undefined;
    return 'npm 10 or later, which installs the packages: it is not on PATH. It comes with Node.js (nodejs.org, nvm, fnm).';
  },
};

/**
 * @param {MissingTool[]} missing
 * @param {NodeJS.ProcessEnv} environment
 * @param {string | undefined} [manager]
 * @param {boolean} [isRoot]
 * @returns {string}
 */
export function missingToolsMessage(
  missing,
  environment,
  manager = findPackageManager(environment),
  isRoot = process.getuid?.() === 0,
) {
  const tools = missing.flatMap(({ tool }) => (tool === 'npm' ? [] : [tool]));
  const commands =
    tools.length > 0 ? installCommands(tools, manager, isRoot).map((line) => `    ${line}`) : [];
  const intro =
    missing.length === 1
      ? 'Set-up needs a tool that was not found:'
      : `Set-up needs ${missing.length} tools that were not found:`;
  return [
    intro,
    ...missing.map(({ problem }) => `  - ${problem}`),
    ...(commands.length > 0 ? [manager ? 'Install with:' : 'Install with one of:', ...commands] : []),
    'Then run the same command again; nothing has been changed so far.',
  ].join('\n');
}
