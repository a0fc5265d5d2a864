// @ts-check
import { findExecutable } from './executable.mjs';

/**
 * The commands that install a tool with this machine's package manager.
 *
 * @typedef {'python' | 'compiler'} PackagedTool
 * @typedef {PackagedTool | 'npm'} Tool npm comes with Node, not from a package manager
 * @typedef {{command: string, refresh?: string, packages: Record<PackagedTool, string>}} PackageManager
 */

/** @type {Record<string, PackageManager>} by program; the first one found is used */
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
 * @returns {string[]} shell commands
 */
export function installCommands(tools, manager, isRoot) {
  const known = manager ? MANAGERS[manager] : undefined;
  if (!known) {
    // No package manager found: show the commands of the most common ones.
    return ['apt-get', 'dnf'].flatMap((name) => installCommands(tools, name, isRoot));
  }
  /** @type {string[]} */
  const lines = [];
  let packaged = tools;
  if (manager === 'brew' && tools.includes('compiler')) {
    lines.push('xcode-select --install');
    packaged = tools.filter((tool) => tool !== 'compiler');
  }
  const sudo = isRoot || manager === 'brew' ? '' : 'sudo ';
  const packages = packaged.map((tool) => known.packages[tool]).join(' ');
  const refresh = known.refresh ? `${sudo}${known.refresh} && ` : '';
  if (packages) lines.push(`${refresh}${sudo}${known.command} ${packages}`);
  return lines;
}
