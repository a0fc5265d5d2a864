// @ts-check
/**
 * A Python wheel, pinned to one file by its SHA-256. It is only unpacked: no Python package gets installed.
 *
 * @typedef {object} Wheel
 * @property {string} name
 * @property {string} version
 * @property {string} file
 * @property {string} sha256
 * @property {number} [bytes] for the progress; undefined if unknown
 * @property {string} platform the platform tag for pip
 * @property {string[]} unpack prefixes of the needed files
 */

export {};
