// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemCode } from './setup-error.mjs';

/**
 * Where Apprentice lies: a checkout, or a package that npm installed into a parent's node_modules.
 *
 * @typedef {object} Project
 * @property {string} root
 * @property {boolean} isCheckout false when installed: then npm has seen to the packages, and dist/ came along
 * @property {string} setupCommand what the person types to run set-up
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
 * @returns {string} what the person types to run the doctor
 */
export function doctorCommand({ isCheckout }) {
  return isCheckout ? 'npm run doctor' : 'npx apprentice doctor';
}

/**
 * @param {Project} project
 * @param {string} option such as --gpu
 * @returns {string} what the person types to run set-up with it
 */
export function setupCommandWith({ isCheckout, setupCommand }, option) {
  return `${setupCommand} ${isCheckout ? '-- ' : ''}${option}`;
}

/**
 * @param {string} root
 * @param {string} name of an npm package
 * @returns {string | undefined} its folder, wherever npm has put it; undefined when it isn't installed
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
 * @returns {string} known before npm has installed it
 */
export function pinnedVersion(project, name) {
  const version = JSON.parse(readFileSync(join(project.root, 'package.json'), 'utf8')).dependencies?.[name];
  if (/^\d+\.\d+\.\d+$/.test(version ?? '')) return version;
  throw new Error(`package.json should pin ${name} to one version under "dependencies", but has ${version}.`);
}
