import type { ModelSpec } from '../../domain/config/model.js';
import { moduleHash } from './module-hash.js';
import { savedModelHash } from './saved-model-hash.js';

/**
 * Returns the SHA-256 of the files that define a network; undefined for a network that its configuration defines alone.
 * It does not load TensorFlow.
 * @param field of the configuration that names the path, for errors
 * @throws ModelError when the module or the saved model can't be read
 */
export async function networkHash(spec: ModelSpec, field = 'model.path'): Promise<string | undefined> {
  switch (spec.kind) {
    case 'residual':
      return undefined;
    case 'module':
      return moduleHash(spec.path, field);
    case 'saved':
      return savedModelHash(spec.path, field);
  }
}
