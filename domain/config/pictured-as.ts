import type { OpenedModel } from '../records.js';
import type { DataConfig } from './data.js';
import { sizeOf } from './size-of.js';

/** Data whose pictures are brought to what a model takes, as in its training; what the configuration says goes first. */
export function picturedAs(data: DataConfig, { image, fit }: Pick<OpenedModel, 'image' | 'fit'>): DataConfig {
  return { ...data, image: { ...sizeOf(image), fit, ...data.image } };
}
