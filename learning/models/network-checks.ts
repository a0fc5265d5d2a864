import { type TrainsNetworks, trainedNetworks } from '../../domain/config/trained-networks.js';
import type { DatasetRecord } from '../../domain/records.js';
import type { NetworkCheck } from './count-parameters.js';

/**
 * Returns the networks of a configuration, for {@link countParameters} to build before any training.
 */
export function networkChecks(
  config: TrainsNetworks & { readonly seed: number },
  { image, classes }: Pick<DatasetRecord, 'image' | 'classes'>,
): NetworkCheck[] {
  return trainedNetworks(config).map(({ generation, field, spec, noise: { dropout, stochasticDepth } }) => ({
    generation,
    field,
    spec,
    classes,
    needs: { image, classes: classes.length, dropout, stochasticDepth, seed: config.seed },
  }));
}
