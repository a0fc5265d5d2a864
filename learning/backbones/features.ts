import { ModelError } from '../../domain/errors.js';
import { type Features, featuresOf } from '../models/features.js';
import type { PredictionRequest } from '../models/predict.js';
import { SMALLEST_SIDE } from './table.js';

/**
 * Returns a pretrained network's features of RGB images: the average over positions before its head, [count, 1280].
 * @throws ModelError when the images are smaller than 64 pixels, or not in colour
 * @throws the signal's reason when aborted
 */
export function backboneFeatures(request: PredictionRequest): Promise<Features> {
  const { height, width, channels } = request.images.shape;
  if (channels !== 3 || Math.min(height, width) < SMALLEST_SIDE) {
    throw new ModelError(
      `data.image: received ${width} x ${height} pixels with ${channels} channels, expected at least ${SMALLEST_SIDE} x ${SMALLEST_SIDE} with 3 (RGB) for a pretrained network: set a larger size`,
    );
  }
  return featuresOf(request);
}
