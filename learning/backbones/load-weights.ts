import { ModelError } from '../../domain/errors.js';
import { type TensorFlow, tf } from '../../engine/tensorflow.js';
import type { FileTensor } from './pytorch/read-state-dict.js';
import type { Kind, LayerTensors } from './weight-names.js';

/** From PyTorch's order of axes to TensorFlow's; a depthwise kernel is [channels, 1, height, width] there. */
const AXES: Readonly<Record<Kind, readonly number[]>> = {
  convolution: [2, 3, 1, 0],
  depthwise: [2, 3, 0, 1],
  dense: [1, 0],
  vector: [0],
};

/** Counters of training steps, which nothing here needs. */
const UNUSED = '.num_batches_tracked';

/**
 * Sets a network's weights to a file's.
 * @param source names the file in errors
 * @throws ModelError when a tensor is missing, superfluous, or of another shape or type
 */
export function loadWeights(
  network: TensorFlow.LayersModel,
  layers: readonly LayerTensors[],
  file: ReadonlyMap<string, FileTensor>,
  source: string,
): void {
  const known = new Set(layers.flatMap(({ tensors }) => tensors.map(({ name }) => name)));
  const other = [...file.keys()].find((name) => !known.has(name) && !name.endsWith(UNUSED));
  if (other !== undefined) {
    throw new ModelError(`${source}: received a tensor "${other}", which this network does not have`);
  }
  for (const { layer: name, tensors } of layers) {
    const layer = network.getLayer(name);
    tf.tidy(() => {
      const wanted = layer.getWeights();
      layer.setWeights(
        tensors.map((tensor, place) =>
          tensorOf(tensor.name, tensor.kind, wanted[place]!.shape, file, source),
        ),
      );
    });
  }
}

function tensorOf(
  name: string,
  kind: Kind,
  wanted: readonly number[],
  file: ReadonlyMap<string, FileTensor>,
  source: string,
): TensorFlow.Tensor {
  const axes = AXES[kind];
  const tensor = file.get(name);
  const shape = axes.map((axis) => tensor?.shape[axis]);
  const fits =
    tensor?.values instanceof Float32Array &&
    tensor.shape.length === axes.length &&
    shape.every((side, axis) => side === wanted[axis]);
  if (!fits) {
    const received = tensor ? `${tensor.values.constructor.name} [${tensor.shape}]` : 'none';
    const expected = axes.map((_, axis) => wanted[axes.indexOf(axis)]);
    throw new ModelError(`${source}, tensor "${name}": received ${received}, expected float32 [${expected}]`);
  }
  return tf.transpose(tf.tensor(tensor.values as Float32Array, [...tensor.shape]), [...axes]);
}
