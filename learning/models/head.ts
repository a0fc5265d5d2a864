import { ModelError } from '../../domain/errors.js';
import { type TensorFlow, tf } from '../../engine/tensorflow.js';
import { withoutSoftmax } from './logits.js';

type Symbolic = TensorFlow.SymbolicTensor;

/** The dense layer at the end of a network, and its input. */
export interface Head {
  readonly layer: TensorFlow.layers.Layer;
  readonly units: number;
  readonly useBias: boolean;
  /** [batch, width] features, after dropout if there is any. */
  readonly input: Symbolic;
}

/**
 * Returns the dense layer at the end of a network.
 * @throws ModelError that names the last layer, when the network does not end in dense, or dense and softmax
 */
export function headOf(network: TensorFlow.LayersModel): Head {
  const logits = withoutSoftmax(network).outputs[0]!;
  const layer = logits.sourceLayer;
  if (layer.getClassName() !== 'Dense') {
    throw new ModelError(
      `model: received the ${layer.getClassName()} layer "${layer.name}" at its end, expected a dense layer, or dense and softmax: only a dense layer can be replaced or widened`,
    );
  }
  const { units, useBias } = layer.getConfig() as unknown as { units: number; useBias: boolean };
  return { layer, units, useBias, input: layer.getInputAt(logits.nodeIndex) as Symbolic };
}

/** Returns the dropout layer before a tensor, if it drops single values and not whole images. */
export function dropoutBefore({ sourceLayer }: Symbolic): TensorFlow.layers.Layer | undefined {
  return sourceLayer.getClassName() === 'Dropout' && !isStochasticDepth(sourceLayer)
    ? sourceLayer
    : undefined;
}

/** Whether a layer drops a branch for whole images (Huang et al. 2016), see residual.ts. */
export function isStochasticDepth(layer: TensorFlow.layers.Layer): boolean {
  if (layer.getClassName() !== 'Dropout') return false;
  const { noiseShape } = layer.getConfig() as { noiseShape?: ReadonlyArray<number | null> | null };
  return noiseShape?.slice(1).every((size) => size === 1) ?? false;
}

/** Whether a layer normalises by the statistics of the batch in training. */
export function normalisesBatches(layer: TensorFlow.layers.Layer): boolean {
  return layer.getClassName() === 'BatchNormalization';
}

/** Returns the layer, or all layers of a nested model, in the network's order. */
export function layersWithin(layer: TensorFlow.layers.Layer): TensorFlow.layers.Layer[] {
  return layer instanceof tf.LayersModel ? layer.layers.flatMap(layersWithin) : [layer];
}
