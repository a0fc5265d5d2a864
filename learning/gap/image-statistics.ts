import { imageBytes } from '../../domain/image-bytes.js';
import type { ImageSet } from '../datasets/image-set.js';
import { NO_YIELD, type YieldToEventLoop } from '../yield-to-event-loop.js';

/** Image statistics that need no model. Levels are 0 to 255. */
export const STATISTICS = {
  brightness: 'mean gray level',
  contrast: 'deviation of the gray levels',
  saturation: 'mean of (max - min) / max of red, green and blue, from 0 to 1',
  sharpness: 'variance of the Laplacian',
  noise: 'deviation of the noise (Immerkær 1996)',
} as const;

export type StatisticName = keyof typeof STATISTICS;

/** One value per image; saturation only for colour images. */
export type ImageStatistics = Partial<Record<StatisticName, Float64Array>>;

/** Writes the unrounded gray levels of a packed image (ITU-R 601-2) to `gray`. */
function grayOf(pixels: Uint8Array, channels: number, gray: Float64Array): void {
  if (channels === 1) {
    gray.set(pixels);
    return;
  }
  for (let pixel = 0, at = 0; pixel < gray.length; pixel++, at += 3) {
    gray[pixel] = 0.299 * pixels[at]! + 0.587 * pixels[at + 1]! + 0.114 * pixels[at + 2]!;
  }
}

function meanAndVariance(values: Float64Array): readonly [mean: number, variance: number] {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return [mean, squares / values.length];
}

function saturation(pixels: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < pixels.length; at += 3) {
    const most = Math.max(pixels[at]!, pixels[at + 1]!, pixels[at + 2]!);
    const least = Math.min(pixels[at]!, pixels[at + 1]!, pixels[at + 2]!);
    if (most > 0) sum += (most - least) / most;
  }
  return sum / (pixels.length / 3);
}

/**
 * Variance of the Laplacian (kernel 0 1 0 | 1 -4 1 | 0 1 0), and the noise's standard deviation from the mean absolute
 * response of 1 -2 1 | -2 4 -2 | 1 -2 1 (Immerkær 1996, "Fast noise variance estimation", eq. 3). Both leave out the
 * border pixels.
 */
function edges(gray: Float64Array, width: number, height: number): { sharpness: number; noise: number } {
  const laplacian = new Float64Array((width - 2) * (height - 2));
  let responses = 0;
  let inner = 0;
  for (let row = 1; row < height - 1; row++) {
    for (let column = 1; column < width - 1; column++) {
      const at = row * width + column;
      const centre = gray[at]!;
      const cross = gray[at - 1]! + gray[at + 1]! + gray[at - width]! + gray[at + width]!;
      const corners =
        gray[at - width - 1]! + gray[at - width + 1]! + gray[at + width - 1]! + gray[at + width + 1]!;
      laplacian[inner++] = cross - 4 * centre;
      responses += Math.abs(corners - 2 * cross + 4 * centre);
    }
  }
  return {
    sharpness: meanAndVariance(laplacian)[1],
    noise: (Math.sqrt(Math.PI / 2) * responses) / (6 * inner),
  };
}

/** Pixels between two yields to the event loop: a fraction of a second. */
const PIXELS = 2 ** 22;

/**
 * Computes the statistics of all images of a set.
 * @param yieldToEventLoop awaited regularly; an error that it throws ends the work
 */
export async function imageStatistics(
  images: ImageSet,
  yieldToEventLoop: YieldToEventLoop = NO_YIELD,
): Promise<ImageStatistics> {
  const { width, height, channels } = images.shape;
  const pixels = new Uint8Array(imageBytes(images.shape));
  const between = Math.ceil(PIXELS / (width * height));
  const gray = new Float64Array(width * height);
  const make = () => new Float64Array(images.count);
  const statistics = { brightness: make(), contrast: make(), sharpness: make(), noise: make() };
  const colours = channels === 3 ? make() : undefined;
  for (let image = 0; image < images.count; image++) {
    if (image % between === 0) await yieldToEventLoop();
    images.copy(image, pixels, 0);
    grayOf(pixels, channels, gray);
    const [mean, variance] = meanAndVariance(gray);
    const { sharpness, noise } = edges(gray, width, height);
    statistics.brightness[image] = mean;
    statistics.contrast[image] = Math.sqrt(variance);
    statistics.sharpness[image] = sharpness;
    statistics.noise[image] = noise;
    if (colours) colours[image] = saturation(pixels);
  }
  return { ...statistics, ...(colours && { saturation: colours }) };
}
