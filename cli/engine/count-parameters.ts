import type { ModelSpec } from '../../domain/config/model.js';
import { buildNetwork } from '../../learning/models/network.js';
import type { NetworkNeeds } from '../../learning/models/residual.js';

export interface NetworkQuestion {
  readonly spec: ModelSpec;
  readonly needs: NetworkNeeds;
}

export interface NetworkSize {
  readonly parameters: number;
  /** Those that are trained. */
  readonly trainable: number;
}

/** @throws ModelError when one can't be built */
export async function countParameters(networks: readonly NetworkQuestion[]): Promise<NetworkSize[]> {
  const sizes: NetworkSize[] = [];
  for (const { spec, needs } of networks) {
    const model = await buildNetwork(spec, needs);
    const sizeOf = (weights: typeof model.weights) =>
      weights.reduce(
        (sum, { shape }) => sum + shape.reduce<number>((size, side) => size * (side ?? 1), 1),
        0,
      );
    sizes.push({ parameters: model.countParams(), trainable: sizeOf(model.trainableWeights) });
    model.dispose();
  }
  return sizes;
}
