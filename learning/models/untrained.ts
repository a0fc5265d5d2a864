import { keyedRandom } from '../../domain/random.js';
import type { StoredModel } from '../../domain/stored-model.js';
import { tf } from '../../engine/tensorflow.js';
import { storeModel } from './serialisation.js';

/** Returns a network of the same layers with new initial weights. */
export async function untrained(
  { topology }: Pick<StoredModel, 'topology'>,
  seed: number,
): Promise<StoredModel> {
  const seeded = withSeeds(structuredClone(topology), seed);
  const network = await tf.models.modelFromJSON(seeded as Parameters<typeof tf.models.modelFromJSON>[0]);
  try {
    return await storeModel(network);
  } finally {
    network.dispose();
  }
}

const RANDOM_INITIALISERS = new Set([
  'VarianceScaling',
  'RandomUniform',
  'RandomNormal',
  'TruncatedNormal',
  'Orthogonal',
]);

/** Gives every random initialiser a seed of its own, by its position in the network. */
function withSeeds(topology: unknown, seed: number): unknown {
  let place = 0;
  const visit = (node: unknown): void => {
    if (node === null || typeof node !== 'object') return;
    const { class_name: name, config } = node as { class_name?: string; config?: object };
    if (name && RANDOM_INITIALISERS.has(name) && config) {
      Object.assign(config, { seed: keyedRandom(seed, 'untrained', place++).integer(2 ** 31) });
    }
    for (const value of Object.values(node)) visit(value);
  };
  visit(topology);
  return topology;
}
