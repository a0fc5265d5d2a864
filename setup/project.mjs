// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemCode } from './setup-error.mjs';

/**
 * The location of Apprentice: a checkout, or a package in the node_modules of another project.
 *
 * @typedef {object} Project
 * @property {string} root
 * @property {boolean} isCheckout false for an installed package, which has its dependencies and dist/ already
 * @property {string} setupCommand the shell command that runs set-up
 */

/** @returns {Project} */
export function locateProject() {
  const parent = dirname(dirname(fileURLToPath(import.meta.url)));
  // The compiler puts a copy of this file into dist/setup/.
  const root = basename(parent) === 'dist' ? dirname(parent) : parent;
  const isCheckout = existsSync(join(root, 'tsconfig.json')) && existsSync(join(root, 'package-lock.json'));
  return { root, isCheckout, setupCommand: isCheckout ? 'npm run setup' : 'npx apprentice setup' };
}

/**
 * @param {Project} project
 * @returns {string} the shell command that runs the doctor
 */
export function doctorCommand({ isCheckout }) {
  return isCheckout ? 'npm run doctor' : 'npx apprentice doctor';
}

/**
 * @param {Project} project
 * @param {string} option such as --gpu
 * @returns {string} the shell command that runs set-up with the option
 */
export function setupCommandWith({ isCheckout, setupCommand }, option) {
  return `${setupCommand} ${isCheckout ? '-- ' : ''}${option}`;
}

/**
 * @param {string} root
 * @param {string} name of an npm package
 * @returns {string | undefined} its folder, or undefined when it isn't installed
 */
export function packageFolder(root, name) {
  try {
    return dirname(createRequire(join(root, 'package.json')).resolve(`${name}/package.json`));
  } catch (error) {
    if (systemCode(error) === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/**
 * @param {Project} project
 * @param {string} name of a direct dependency, pinned exactly
 * @returns {string} the version in package.json, which is known before npm installs it
 */
export function pinnedVersion(project, name) {
  const version = JSON.parse(readFileSync(join(project.root, 'package.json'), 'utf8')).dependencies?.[name];
  if (/^\d+\.\d+\.\d+$/.test(version ?? '')) return version;
  throw new Error(`package.json should pin ${name} to one version under "dependencies", but has ${version}.`);
}
