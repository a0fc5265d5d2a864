import type { ImageShape, OpenedModel } from '../records.js';
import type { DataConfig, ImageConfig, ImageFit } from './data.js';

/** The fit of `data.image` unless the configuration or a model sets another. */
export const DEFAULT_FIT: ImageFit = 'cover';

/** An image shape as settings of `data.image`. */
export function shapeSettings({
  height,
  width,
  channels,
}: ImageShape): Required<Pick<ImageConfig, 'height' | 'width' | 'colour'>> {
  return { height, width, colour: channels === 1 ? 'gray' : 'rgb' };
}

/** Fills `data.image` with a model's input shape and fit; settings of the configuration win. */
export function withModelImageSettings(
  data: DataConfig,
  { image, fit }: Pick<OpenedModel, 'image' | 'fit'>,
): DataConfig {
  return { ...data, image: { ...shapeSettings(image), fit, ...data.image } };
}
