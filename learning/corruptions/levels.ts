import { likePicture, type Picture } from '../augmentation/picture.js';

/** A value from 0 to 1 as a byte, as the authors' code has it: cut off, not rounded. */
export function byteOf(value: number): number {
  return value <= 0 ? 0 : value >= 1 ? 255 : Math.floor(value * 255);
}

/** Moves all values towards their channel's mean: (x - mean) * share + mean, from 0 to 1. */
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
 * Adds to the value of HSV, which is the largest of red, green and blue; hue and saturation stay, so that all three
 * grow in proportion. Gray is its own value.
 * @param added from 0 to 1
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
