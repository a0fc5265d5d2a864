import type { ModelSpec } from '../../domain/config/model.js';
import { buildNetwork } from './network.js';
import type { NetworkNeeds } from './residual.js';

export interface NetworkQuestion {
  readonly spec: ModelSpec;
  readonly needs: NetworkNeeds;
}

/** @throws ModelError when one can't be built */
export async function countParameters(networks: readonly NetworkQuestion[]): Promise<number[]> {
  const counts: number[] = [];
  for (const { spec, needs } of networks) {
    const model = await buildNetwork(spec, needs);
    counts.push(model.countParams());
    model.dispose();
  }
  return counts;
}
