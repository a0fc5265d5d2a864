import { expectFinite, refuse } from '../checks.js';
import { expectPicture, type Picture } from '../picture.js';

/** See {@link normalise}. The target has the picture's shape, channels last. */
function normaliseInto(
  source: Picture,
  target: Float32Array,
  mean: readonly number[],
  deviation: readonly number[],
): void {
  const { data, channels } = source;
  for (let channel = 0; channel < channels; channel++) {
    const middle = Math.fround(mean[channel % mean.length]!);
    const spread = Math.fround(deviation[channel % deviation.length]!);
    // 32-bit arithmetic in torchvision's order: scale to 0 … 1, subtract the mean, divide by the deviation.
    for (let at = channel; at < data.length; at += channels) {
      target[at] = Math.fround(Math.fround(data[at]! / 255) - middle) / spread;
    }
  }
}

/**
 * (level / 255 - mean) / deviation, as 32-bit floats, row by row, channels last.
 * @param mean one for all channels or one for each, in 0 … 1 of the levels
 * @param deviation standard deviation, likewise; above 0
 */
export function normalise(
  source: Picture,
  mean: readonly number[],
  deviation: readonly number[],
): Float32Array {
  expectPicture('picture', source);
  for (const [name, values] of [
    ['mean', mean],
    ['deviation', deviation],
  ] as const) {
    if (values.length !== 1 && values.length !== source.channels) {
      refuse(name, values, `1 or ${source.channels} numbers`);
    }
    for (const value of values) expectFinite(name, value);
  }
  for (const value of deviation) if (value <= 0) refuse('deviation', value, 'a number above 0');
  const target = new Float32Array(source.data.length);
  normaliseInto(source, target, mean, deviation);
  return target;
}
