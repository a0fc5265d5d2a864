// @ts-check
import { findExecutable } from './executable.mjs';

/**
 * What to type to install a tool, in the words of this machine's package manager.
 *
 * @typedef {'python' | 'compiler'} PackagedTool
 * @typedef {PackagedTool | 'npm'} Tool npm comes with Node, not from a package manager
 * @typedef {{command: string, refresh?: string, packages: Record<PackagedTool, string>}} PackageManager
 */

/** @type {Record<string, PackageManager>} program -> how it is used; the first one found counts */
const MANAGERS = {
  'apt-get': {
    command: 'apt-get install -y',
    refresh: 'apt-get update',
    packages: { python: 'python3 python3-pip', compiler: 'g++' },
  },
  dnf: { command: 'dnf install -y', packages: { python: 'python3 python3-pip', compiler: 'gcc-c++' } },
  yum: { command: 'yum install -y', packages: { python: 'python3 python3-pip', compiler: 'gcc-c++' } },
  zypper: { command: 'zypper install -y', packages: { python: 'python3 python3-pip', compiler: 'gcc-c++' } },
  pacman: { command: 'pacman -S --needed', packages: { python: 'python python-pip', compiler: 'gcc' } },
  brew: { command: 'brew install', packages: { python: 'python', compiler: 'llvm' } },
};

/**
 * @param {NodeJS.ProcessEnv} environment
 * @param {NodeJS.Platform} [platform]
 * @returns {string | undefined} the program's name
 */
export function findPackageManager(environment, platform = process.platform) {
  if (platform === 'darwin') return 'brew';
  return Object.keys(MANAGERS).find((name) => name !== 'brew' && findExecutable(name, environment));
}

/**
 * @param {PackagedTool[]} tools
 * @param {string | undefined} manager
 * @param {boolean} isRoot
 * @returns {string[]} lines to type
 */
export function installCommands(tools, manager, isRoot) {
  const known = manager ? MANAGERS[manager] : undefined;
  if (!known) {
    // No manager found: name the commonest, the person will know which is theirs.
    return ['apt-get', 'dnf'].flatMap((name) => installCommands(tools, name, isRoot));
  }
  /** @type {string[]} */
  const lines = [];
  let asked = tools;
  if (manager === 'brew' && tools.includes('compiler')) {
    lines.push('xcode-select --install');
    asked = tools.filter((tool) => tool !== 'compiler');
  }
  const sudo = isRoot || manager === 'brew' ? '' : 'sudo ';
  const packages = asked.map((tool) => known.packages[tool]).join(' ');
  const refresh = known.refresh ? `${sudo}${known.refresh} && ` : '';
  if (packages) lines.push(`${refresh}${sudo}${known.command} ${packages}`);
  return lines;
}
