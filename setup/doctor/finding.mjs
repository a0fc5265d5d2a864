// @ts-check
/**
 * A result of the doctor.
 *
 * @typedef {object} Finding
 * @property {string} name
 * @property {'ok' | 'warning' | 'problem'} status a warning doesn't keep Apprentice from running
 * @property {string} detail
 * @property {string} [whatToDo] present with a problem, often with a warning
 */

/**
 * @param {string} name
 * @param {string} detail
 * @returns {Finding}
 */
export function ok(name, detail) {
  return { name, status: 'ok', detail };
}

/**
 * @param {string} name
 * @param {string} detail
 * @param {string} [whatToDo]
 * @returns {Finding}
 */
export function warning(name, detail, whatToDo) {
  return { name, status: 'warning', detail, ...(whatToDo ? { whatToDo } : {}) };
}

/**
 * @param {string} name
 * @param {string} detail
 * @param {string} whatToDo
 * @returns {Finding}
 */
export function problem(name, detail, whatToDo) {
  return { name, status: 'problem', detail, whatToDo };
}
