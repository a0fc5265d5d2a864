import { imageBytes } from '../../domain/image-bytes.js';
import type { ImageShape } from '../../domain/records.js';
import type { StoredModel } from '../../domain/stored-model.js';
import { predict } from '../../learning/models/predict.js';

export interface PredictionInput {
  readonly model: StoredModel;
  readonly shape: ImageShape;
  /** uint8 [pictures, height, width, channels]. */
  readonly pixels: Uint8Array;
  /** The model's, see learning/evaluation/temperature.ts. */
  readonly temperature: number;
  /** Indices of the classes to consider; all by default. */
  readonly only?: readonly number[] | undefined;
}

/** Returns class probabilities [pictures, classes], row by row. */
export function predictPixels({
  model,
  shape,
  pixels,
  temperature,
  only,
}: PredictionInput): Promise<Float32Array> {
  const bytes = imageBytes(shape);
  const count = pixels.length / bytes;
  const images = {
    shape,
    count,
    copy(position: number, target: Uint8Array, offset: number) {
      target.set(pixels.subarray(position * bytes, (position + 1) * bytes), offset);
    },
    label: () => -1,
  };
  return predict({ model, temperature, only, images });
}
