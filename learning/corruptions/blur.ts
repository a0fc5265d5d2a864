import { likePicture, type Picture } from '../augmentation/picture.js';
import { byteOf } from './levels.js';

/** Radius of the kernel in standard deviations, as in SciPy and scikit-image. */
const TRUNCATE = 4;

/** Gaussian weights at the integers from -radius to radius; their sum is 1. */
function gaussianWeights(deviation: number): Float64Array {
  const radius = Math.floor(TRUNCATE * deviation + 0.5);
  const weights = Float64Array.from({ length: 2 * radius + 1 }, (_, index) =>
    Math.exp(-0.5 * ((index - radius) / deviation) ** 2),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** Convolves one line of `length` values that are `stride` apart; edge values are repeated outside. */
function blurLine(
  from: Float64Array,
  to: Float64Array,
  line: { readonly start: number; readonly stride: number; readonly length: number },
  weights: Float64Array,
): void {
  const { start, stride, length } = line;
  const radius = (weights.length - 1) / 2;
  for (let position = 0; position < length; position++) {
    let sum = 0;
    for (let index = 0; index < weights.length; index++) {
      const place = Math.min(length - 1, Math.max(0, position + index - radius));
      sum += weights[index]! * from[start + place * stride]!;
    }
    to[start + position * stride] = sum;
  }
}

/**
 * Blurs each channel with a Gaussian: columns, then rows, without rounding in between.
 * @param deviation standard deviation in pixels
 */
export function gaussianBlur(source: Picture, deviation: number): Picture {
  const { width, height, channels } = source;
  const weights = gaussianWeights(deviation);
  const row = width * channels;
  const values = Float64Array.from(source.data, (value) => value / 255);
  const between = new Float64Array(values.length);
  for (let start = 0; start < row; start++) {
    blurLine(values, between, { start, stride: row, length: height }, weights);
  }
  for (let y = 0; y < height; y++) {
    for (let channel = 0; channel < channels; channel++) {
      const start = y * row + channel;
      blurLine(between, values, { start, stride: channels, length: width }, weights);
    }
  }
  const target = likePicture(source);
  for (let index = 0; index < values.length; index++) target.data[index] = byteOf(values[index]!);
  return target;
}
