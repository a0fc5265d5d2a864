// @ts-check
/** Sums, and sizes and durations for display. */

/**
 * @param {number} bytes
 * @returns {string} such as 274 MB or 1.2 GB
 */
export function sizeText(bytes) {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  return `${Math.round(bytes / 1e6)} MB`;
}

/**
 * @param {number} milliseconds
 * @returns {string} such as 2:05
 */
export function durationText(milliseconds) {
  const seconds = Math.floor(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** @param {number[]} values */
export function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
