import type { ModelSpec } from '../../domain/config/model.js';
import { buildNetwork } from './network.js';
import type { NetworkNeeds } from './residual.js';

export interface NetworkCheck {
  /** Generation of the run that the network is for; 0 for other methods. */
  readonly generation: number;
  /** Field of the configuration that names the network. */
  readonly field: string;
  readonly spec: ModelSpec;
  readonly needs: NetworkNeeds;
  /** Names of its classes. */
  readonly classes: readonly string[];
}

/**
 * Builds networks and returns their numbers of parameters.
 * @throws ModelError that names the field, when a network can't be built or is a saved model of other classes
 */
export async function countParameters(networks: readonly NetworkCheck[]): Promise<number[]> {
  const counts: number[] = [];
  for (const { spec, needs, field, classes } of networks) {
    const model = await buildNetwork(spec, needs, { field, classes });
    counts.push(model.countParams());
    model.dispose();
  }
  return counts;
}
