import { type TrainsNetworks, trainedNetworks } from '../../domain/config/trained-networks.js';
import type { DatasetRecord } from '../../domain/records.js';
import type { NetworkQuestion } from './count-parameters.js';

/**
 * What is asked of TensorFlow before any training: whether the networks of a configuration can be built for the data,
 * and how large they are.
 */
export function networkQuestions(
  config: TrainsNetworks & { readonly seed: number },
  { image, classes }: Pick<DatasetRecord, 'image' | 'classes'>,
): NetworkQuestion[] {
  return trainedNetworks(config).map(({ generation, field, spec, noise: { dropout, stochasticDepth } }) => ({
    generation,
    field,
    spec,
    classes,
    needs: { image, classes: classes.length, dropout, stochasticDepth, seed: config.seed },
  }));
}
