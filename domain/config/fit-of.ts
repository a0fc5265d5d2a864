import type { DatasetRecord } from '../records.js';
import type { ImageConfig, ImageFit } from './data.js';

/** How pictures are met where nothing says otherwise. */
export const DEFAULT_FIT: ImageFit = 'cover';

/** How the pictures of a data set were brought to their shape; records of before leave it to the configuration. */
export function fitOf({ fit }: Pick<DatasetRecord, 'fit'>, configured: ImageConfig): ImageFit {
  return fit ?? configured.fit ?? DEFAULT_FIT;
}
