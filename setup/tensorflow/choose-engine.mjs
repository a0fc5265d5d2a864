// @ts-check
import { SetupError } from '../setup-error.mjs';

/**
 * The requested engine, else the present one, so that a later `npm run demo` doesn't undo `setup --gpu`.
 *
 * @param {import('./wheels.mjs').EngineKind | undefined} option
 * @param {NodeJS.ProcessEnv} environment
 * @param {string | undefined} present
 * @returns {import('./wheels.mjs').EngineKind}
 */
export function chooseEngine(option, environment, present) {
  const chosen = option ?? (environment.APPRENTICE_ENGINE || present || 'cpu');
  if (chosen === 'cpu' || chosen === 'gpu') return chosen;
  throw new SetupError(`APPRENTICE_ENGINE is "${chosen}"; expected "cpu" or "gpu".`);
}
