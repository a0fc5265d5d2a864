import { pathToFileURL } from 'node:url';
import type { ModelSpec } from '../../domain/config/model.js';
import { ModelError } from '../../domain/errors.js';
import { type TensorFlow, tf } from '../../engine/tensorflow.js';
import type { NetworkNeeds } from './residual.js';
import { restoreModel, storeModel } from './serialisation.js';

/**
 * What a user's module exports as `build`. Initial weights that are drawn from `seed` make an interrupted
 * training end as an undisturbed one would, even if it is interrupted before its first checkpoint.
 */
export type BuildNetwork = (
  needs: NetworkNeeds & {
    /** The TensorFlow that trains: a module outside the project has no other way to the same one. */
    readonly tf: typeof tf;
    readonly options: Readonly<Record<string, unknown>>;
  },
) => TensorFlow.LayersModel | Promise<TensorFlow.LayersModel>;

async function loadBuild(path: string, field: string): Promise<BuildNetwork> {
  let module: { build?: BuildNetwork };
  try {
    module = (await import(pathToFileURL(path).href)) as { build?: BuildNetwork };
  } catch (error) {
    throw new ModelError(`${field}: the module ${path} does not load: ${(error as Error).message}`, {
      cause: error,
    });
  }
  if (typeof module.build === 'function') return module.build;
  throw new ModelError(
    `${field}: received a module with the exports ${Object.keys(module).join(', ') || '(none)'}, expected an export named build: ${path}`,
  );
}

/**
 * The network that a user's module builds. It goes once through the layers format: what comes out has our
 * batch norm and keyed dropout in the place of the stock ones.
 * @param field of the configuration that names the module
 * @throws ModelError when the module does not load, fails, returns something else, or has layers that can't be saved
 */
export async function moduleNetwork(
  { path, options }: Extract<ModelSpec, { kind: 'module' }>,
  needs: NetworkNeeds,
  field = 'model.path',
): Promise<TensorFlow.LayersModel> {
  const build = await loadBuild(path, field);
  try {
    const built = await build({ ...needs, tf, options });
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
