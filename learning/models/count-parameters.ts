import type { ModelSpec } from '../../domain/config/model.js';
import { buildNetwork } from './network.js';
import type { NetworkNeeds } from './residual.js';

export interface NetworkCheck {
  /** Of a run, in which it is new; 0 elsewhere. */
  readonly generation: number;
  /** Of the configuration, that names the network. */
  readonly field: string;
  readonly spec: ModelSpec;
  readonly needs: NetworkNeeds;
  /** Names of the classes that it is to tell. */
  readonly classes: readonly string[];
}

/** @throws ModelError that names the field, when one can't be built, or is a saved model of other classes */
export async function countParameters(networks: readonly NetworkCheck[]): Promise<number[]> {
  const counts: number[] = [];
  for (const { spec, needs, field, classes } of networks) {
    const model = await buildNetwork(spec, needs, { field, classes });
    counts.push(model.countParams());
    model.dispose();
  }
  return counts;
}
