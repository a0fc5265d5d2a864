import { likePicture, type Picture } from '../augmentation/picture.js';

/** Converts a value from 0 to 1 to a byte; truncates instead of rounding, as the authors' code does. */
export function byteOf(value: number): number {
  return value <= 0 ? 0 : value >= 1 ? 255 : Math.floor(value * 255);
}

/** Moves all values towards their channel's mean: (x - mean) * share + mean, for values from 0 to 1. */
export function lowerContrast(source: Picture, share: number): Picture {
  const { channels, data } = source;
  const target = likePicture(source);
  for (let channel = 0; channel < channels; channel++) {
    let sum = 0;
    for (let index = channel; index < data.length; index += channels) sum += data[index]! / 255;
    const mean = sum / (data.length / channels);
    for (let index = channel; index < data.length; index += channels) {
      target.data[index] = byteOf((data[index]! / 255 - mean) * share + mean);
    }
  }
  return target;
}

/**
 * Adds to the value (V) of HSV, the largest of red, green and blue. Hue and saturation stay, so all three are scaled
 * alike.
 * @param added 0 to 1
 */
export function raiseBrightness(source: Picture, added: number): Picture {
  const { channels, data } = source;
  const target = likePicture(source);
  for (let pixel = 0; pixel < data.length; pixel += channels) {
    let largest = 0;
    for (let channel = 0; channel < channels; channel++) largest = Math.max(largest, data[pixel + channel]!);
    const value = Math.min(1, largest / 255 + added);
    for (let channel = 0; channel < channels; channel++) {
      // Black has no hue: it becomes gray.
      const share = largest === 0 ? 1 : data[pixel + channel]! / largest;
      target.data[pixel + channel] = byteOf(value * share);
    }
  }
  return target;
}
