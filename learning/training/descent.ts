import type { TrainingSpec } from '../../domain/config/training.js';
import { ModelError } from '../../domain/errors.js';
import { onDevice } from '../../engine/compile/on-device.js';
import { type TensorFlow, tf } from '../../engine/tensorflow.js';
import { withFrozenNorms } from '../models/layers/fused-batch-normalization.js';
import { withStepNoise } from '../models/layers/keyed-dropout.js';
import type { RowGroups } from './batches/batch.js';
import { flatten } from './flat-weights.js';
import type { LayerRates } from './layer-rates.js';
import { mapped } from './mapped.js';
import type { Objective } from './objectives/objective.js';

type Vector = TensorFlow.Tensor1D;
type Tensors = Readonly<Record<string, TensorFlow.Tensor>>;

/** What a step finds out before it moves any weight. */
export interface Descent {
  readonly loss: TensorFlow.Tensor;
  /** Of all weights, 0 where layers stand still. */
  readonly gradient: Vector;
  /** What the objective remembers of the step. */
  readonly remembered: Tensors;
  /** What it measures beside the loss. */
  readonly measures: Tensors;
}

export interface Descending {
  /** Gives logits, and the features before them where the objective looks at those. */
  readonly network: TensorFlow.LayersModel;
  readonly variables: readonly TensorFlow.Variable[];
  readonly rates: LayerRates;
  readonly objective: Objective;
  readonly memory: (name: string) => TensorFlow.Tensor;
  readonly training: Pick<TrainingSpec, 'lossScale' | 'replicas'>;
}

/**
 * Forward and backward of a step, in as many parts as there are replicas.
 * @param frozen so many groups of layers stand still, see {@link LayerRates}
 * @throws ModelError when the images are not a multiple of the replicas
 */
export function descend(descending: Descending, inputs: Tensors, groups: RowGroups, frozen: number): Descent {
  const { replicas } = descending.training;
  if (replicas === 1) return descendPart(descending, inputs, 0, groups, frozen);
  const size = inputs['pixels']!.shape[0]!;
  if (size % replicas > 0) {
    throw new ModelError(
      `replicas: received ${replicas}, expected a divisor of the ${size} images of a step`,
    );
  }
  // Scalars and seeds, which all parts share, have fewer axes than what belongs to rows.
  const byRow = Object.entries(inputs).filter(([, { rank }]) => rank >= 2);
  const split = byRow.map(([name, tensor]) => [name, tf.split(tensor, replicas)] as const);
  const partOf = (replica: number) => Object.fromEntries(split.map(([name, all]) => [name, all[replica]!]));
  const parts = Array.from({ length: replicas }, (_, replica) =>
    onDevice(replica, () =>
      descendPart(descending, { ...inputs, ...partOf(replica) }, replica, groups, frozen),
    ),
  );
  return {
    loss: tf.addN(parts.map(({ loss }) => loss)),
    gradient: tf.addN(parts.map(({ gradient }) => gradient)),
    remembered: {},
    measures: {},
  };
}

/** The part's share of the loss, and of the gradient. */
function descendPart(
  { network, variables, rates, objective, memory, training: { lossScale } }: Descending,
  part: Tensors,
  replica: number,
  groups: RowGroups,
  frozen: number,
): Descent {
  // Each part draws noise of its own from the step's seeds.
  const noise = (layer: string) =>
    tf.add(part[`seed-${layer}`]!, tf.tensor1d([0, replica], 'int32')) as Vector;
  const remembers = mapped(objective.memory, (_, name) => memory(name));
  const stillNorms = rates.frozenNorms(frozen);
  const isStill = (place: number) => rates.groupOf[place]! < frozen;
  let remembered: Tensors = {};
  let measures: Tensors = {};
  const look = () =>
    withFrozenNorms(
      (layer) => stillNorms.has(layer),
      () => [network.apply(part['pixels']!, { training: true })].flat() as TensorFlow.Tensor2D[],
    );
  const { value: loss, grads } = withStepNoise(noise, () =>
    tf.variableGrads(
      () => {
        const [scores, features] = look();
        const scored = objective.loss({
          scores: scores!,
          ...(features && { features }),
          inputs: part,
          memory: remembers,
          groups,
        });
        remembered = mapped(scored.memory ?? {}, (tensor) => tf.keep(tensor));
        measures = mapped(scored.measures ?? {}, (tensor) => tf.keep(tensor));
        return lossScale === 1 ? scored.loss : (tf.mul(scored.loss, lossScale) as TensorFlow.Scalar);
      },
      variables.filter((_, place) => !isStill(place)),
    ),
  );
  const gradient = flatten(
    variables.map(({ name, shape }, place) => (isStill(place) ? tf.fill(shape, 0) : grads[name]!)),
  );
  return { loss, gradient, remembered, measures };
}
