import { ModelError } from '../../domain/errors.js';

/** @param field of the configuration that names the module */
export function moduleLoadError(field: string, path: string, cause: unknown): ModelError {
  return new ModelError(`${field}: the module ${path} does not load: ${(cause as Error).message}`, { cause });
}

/** @param field of the configuration that names the model */
export function savedModelLoadError(field: string, path: string, cause: unknown): ModelError {
  return new ModelError(
    `${field}: ${path} does not load as a tfjs LayersModel (a folder with model.json and its weight files): ${(cause as Error).message}`,
    { cause },
  );
}
