import { pathToFileURL } from 'node:url';
import type { ModelSpec } from '../../domain/config/model.js';
import { ModelError } from '../../domain/errors.js';
import { type TensorFlow, tf } from '../../engine/tensorflow.js';
import { allowedModule } from './allowed-modules.js';
import { moduleLoadError } from './load-errors.js';
import type { NetworkNeeds } from './residual.js';
import { restoreModel, storeModel } from './serialisation.js';

/** The initializers of tfjs take a seed of 0 for none, and draw other weights each time. */
const SEED_IN_PLACE_OF_ZERO = 0x5eed;

/**
 * The function that a user's module exports as `build`. Initial weights should be drawn from `seed`: then a training
 * that is interrupted before its first checkpoint still ends with the same bits as an uninterrupted one.
 */
export type BuildNetwork = (
  needs: NetworkNeeds & {
    /** The TensorFlow that trains; a module outside the project can't import the same one. */
    readonly tf: typeof tf;
    readonly options: Readonly<Record<string, unknown>>;
  },
) => TensorFlow.LayersModel | Promise<TensorFlow.LayersModel>;

async function loadBuild(path: string, field: string): Promise<BuildNetwork> {
  const real = await allowedModule(path, field);
  let module: { build?: BuildNetwork };
  try {
    module = (await import(pathToFileURL(real).href)) as { build?: BuildNetwork };
  } catch (error) {
    throw moduleLoadError(field, path, error);
  }
  if (typeof module.build === 'function') return module.build;
  throw new ModelError(
    `${field}: received a module with the exports ${Object.keys(module).join(', ') || '(none)'}, expected an export named build: ${path}`,
  );
}

/**
 * Builds the network of a user's module. Storing and restoring it replaces the stock batch norm and dropout layers by
 * the fused and keyed ones, see layers/.
 * @param field of the configuration that names the module
 * @throws ConfigurationError when the module lies outside of the allowed folders
 * @throws ModelError when the module does not load, fails, returns no LayersModel, or uses layers that can't be saved
 */
export async function moduleNetwork(
  { path, options }: Extract<ModelSpec, { kind: 'module' }>,
  needs: NetworkNeeds,
  field = 'model.path',
): Promise<TensorFlow.LayersModel> {
  const build = await loadBuild(path, field);
  try {
    const built = await build({ ...needs, seed: needs.seed || SEED_IN_PLACE_OF_ZERO, tf, options });
    if (!(built instanceof tf.LayersModel)) {
      throw new Error(
        `build returned ${built === undefined ? 'nothing' : typeof built}, expected a tf.LayersModel`,
      );
    }
    const stored = await storeModel(built);
    built.dispose();
    return await restoreModel(stored);
  } catch (error) {
    throw new ModelError(`${field}: ${path} gives no network: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
