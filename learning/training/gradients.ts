import type { TrainingSpec } from '../../domain/config/training.js';
import { ModelError } from '../../domain/errors.js';
import { onDevice } from '../../engine/compile/on-device.js';
import { type TensorFlow, tf } from '../../engine/tensorflow.js';
import { withFrozenNorms } from '../models/layers/fused-batch-normalization.js';
import { withStepNoise } from '../models/layers/keyed-dropout.js';
import type { RowGroups } from './batches/batch.js';
import { flatten } from './flat-weights.js';
import type { LayerRates } from './layer-rates.js';
import { mapValues } from './map-values.js';
import type { Objective } from './objectives/objective.js';
import type { Matrix, Tensors, Vector } from './tensors.js';

/** The result of a step's forward and backward pass. */
export interface Gradients {
  /** The scaled loss. */
  readonly loss: TensorFlow.Tensor;
  /** The gradient of the scaled loss for all weights, 0 in frozen layers. */
  readonly gradient: Vector;
  /** The objective's next memory. */
  readonly memory: Tensors;
  /** The objective's metrics besides the loss. */
  readonly measures: Tensors;
}

export interface GradientContext {
  /** Outputs logits, and the features before them where the objective needs those. */
  readonly network: TensorFlow.LayersModel;
  readonly variables: readonly TensorFlow.Variable[];
  readonly rates: LayerRates;
  readonly objective: Objective;
  readonly memory: (name: string) => TensorFlow.Tensor;
  readonly training: Pick<TrainingSpec, 'lossScale' | 'replicas'>;
}

/**
 * Forward and backward pass of a step. With several replicas, each takes an equal part of the batch.
 * @param frozen how many of the lowest layer groups are frozen, see {@link LayerRates}
 * @throws ModelError when the number of images is not a multiple of the replicas
 */
export function computeGradients(
  context: GradientContext,
  inputs: Tensors,
  groups: RowGroups,
  frozen: number,
): Gradients {
  const { replicas } = context.training;
  if (replicas === 1) return gradientsOfReplica(context, inputs, 0, groups, frozen);
  const size = inputs['pixels']!.shape[0]!;
  if (size % replicas > 0) {
    throw new ModelError(
      `replicas: received ${replicas}, expected a divisor of the ${size} images of a step`,
    );
  }
  // Inputs by row have at least two axes. Scalars and seeds have fewer: all replicas share them.
  const byRow = Object.entries(inputs).filter(([, { rank }]) => rank >= 2);
  const split = byRow.map(([name, tensor]) => [name, tf.split(tensor, replicas)] as const);
  const partOf = (replica: number) => Object.fromEntries(split.map(([name, all]) => [name, all[replica]!]));
  const parts = Array.from({ length: replicas }, (_, replica) =>
    onDevice(replica, () =>
      gradientsOfReplica(context, { ...inputs, ...partOf(replica) }, replica, groups, frozen),
    ),
  );
  return {
    loss: tf.addN(parts.map(({ loss }) => loss)),
    gradient: tf.addN(parts.map(({ gradient }) => gradient)),
    memory: {},
    measures: {},
  };
}

/** The replica's share of the loss and of the gradient. */
function gradientsOfReplica(
  { network, variables, rates, objective, memory, training: { lossScale } }: GradientContext,
  inputs: Tensors,
  replica: number,
  groups: RowGroups,
  frozen: number,
): Gradients {
  // Adding the replica's number gives each replica noise of its own.
  const noise = (layer: string) =>
    tf.add(inputs[`seed-${layer}`]!, tf.tensor1d([0, replica], 'int32')) as Vector;
  const memoryBefore = mapValues(objective.memory, (_, name) => memory(name));
  const frozenNorms = rates.frozenNorms(frozen);
  const isFrozen = (index: number) => rates.groupOf[index]! < frozen;
  let nextMemory: Tensors = {};
  let measures: Tensors = {};
  const forward = () =>
    withFrozenNorms(
      (layer) => frozenNorms.has(layer),
      () => [network.apply(inputs['pixels']!, { training: true })].flat() as Matrix[],
    );
  const { value: loss, grads } = withStepNoise(noise, () =>
    tf.variableGrads(
      () => {
        const [logits, features] = forward();
        const result = objective.loss({
          logits: logits!,
          ...(features && { features }),
          inputs,
          memory: memoryBefore,
          groups,
        });
        nextMemory = mapValues(result.memory ?? {}, (tensor) => tf.keep(tensor));
        measures = mapValues(result.measures ?? {}, (tensor) => tf.keep(tensor));
        return lossScale === 1 ? result.loss : (tf.mul(result.loss, lossScale) as TensorFlow.Scalar);
      },
      variables.filter((_, index) => !isFrozen(index)),
    ),
  );
  const gradient = flatten(
    variables.map(({ name, shape }, index) => (isFrozen(index) ? tf.fill(shape, 0) : grads[name]!)),
  );
  return { loss, gradient, memory: nextMemory, measures };
}
