import { pathToFileURL } from 'node:url';
import type { ModelSpec } from '../../domain/config/model.js';
import { ModelError } from '../../domain/errors.js';
import type { TensorFlow } from '../../engine/tensorflow.js';
import { type NetworkNeeds, residualNetwork } from './residual.js';
import { loadSavedModel } from './serialisation.js';

/** What a user's module exports. May be asynchronous. */
type BuildFunction = (
  needs: NetworkNeeds & { readonly options: Readonly<Record<string, unknown>> },
) => TensorFlow.LayersModel | Promise<TensorFlow.LayersModel>;

async function networkOfModule(spec: Extract<ModelSpec, { kind: 'module' }>, needs: NetworkNeeds) {
  let module: { build?: BuildFunction };
  try {
    module = (await import(pathToFileURL(spec.path).href)) as { build?: BuildFunction };
  } catch (error) {
    throw new ModelError(`models.path: the module ${spec.path} does not load: ${(error as Error).message}`, {
      cause: error,
    });
  }
  if (typeof module.build !== 'function') {
    throw new ModelError(
      `models.path: received a module with the exports ${Object.keys(module).join(', ') || '(none)'}, expected an export named build: ${spec.path}`,
    );
  }
  return module.build({ ...needs, options: spec.options });
}

function construct(
  spec: ModelSpec,
  needs: NetworkNeeds,
): TensorFlow.LayersModel | Promise<TensorFlow.LayersModel> {
  switch (spec.kind) {
    case 'residual':
      return residualNetwork(spec, needs);
    case 'module':
      return networkOfModule(spec, needs);
    case 'saved':
      return loadSavedModel(spec.path);
  }
}

function assertFits(model: TensorFlow.LayersModel, needs: NetworkNeeds): void {
  const { height, width, channels } = needs.image;
  const input = JSON.stringify(model.inputs[0]?.shape);
  const expectedInput = JSON.stringify([null, height, width, channels]);
  const fitsInput = model.inputs[0]?.shape.slice(1).every((size, axis) => {
    return size === null || size === [height, width, channels][axis];
  });
  if (!fitsInput)
    throw new ModelError(`model input: received ${input}, expected ${expectedInput} for this data set`);
  const classes = model.outputs[0]?.shape.at(-1);
  if (classes !== needs.classes) {
    throw new ModelError(
      `model output: received ${classes} classes, expected ${needs.classes} for this data set`,
    );
  }
}

/**
 * Builds a network of the ladder, or a user's own, ready to train.
 * @throws ModelError when a user's module or saved model does not load, or has another input or class count.
 */
export async function buildNetwork(spec: ModelSpec, needs: NetworkNeeds): Promise<TensorFlow.LayersModel> {
  const model = await construct(spec, needs);
  assertFits(model, needs);
  return model;
}
