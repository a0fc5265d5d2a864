import { expectInteger, refuse } from './checks.js';

export type Channels = 1 | 3;

/** In pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * A packed uint8 picture: row by row from the top, channels last (gray, or red, green, blue).
 * The data may be a window of a larger buffer, such as one image of a batch.
 */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: Channels;
  /** height * width * channels values */
  readonly data: Uint8Array;
}

/** Limit of Pillow's coordinates in 16.16 fixed point. */
export const LARGEST_SIDE = 32_767;

export function expectSize(argument: string, width: number, height: number): void {
  expectInteger(`${argument}.width`, width, 1, LARGEST_SIDE);
  expectInteger(`${argument}.height`, height, 1, LARGEST_SIDE);
}

/**
 * @throws ConfigurationError when a side is not from 1 to 32,767, the channels are not 1 or 3, or the data has
 * another length
 */
export function expectPicture(argument: string, picture: Picture): void {
  const { width, height, channels, data } = picture;
  expectSize(argument, width, height);
  if (channels !== 1 && channels !== 3) refuse(`${argument}.channels`, channels, '1 (gray) or 3 (colour)');
  if (!(data instanceof Uint8Array)) refuse(`${argument}.data`, typeof data, 'a Uint8Array');
  const length = width * height * channels;
  if (data.length !== length) {
    refuse(
      `${argument}.data`,
      data.length,
      `${length} bytes for ${width} x ${height} pixels of ${channels} channels`,
    );
  }
}

/** Makes a picture of existing bytes, or a black one. */
export function picture(width: number, height: number, channels: Channels, data?: Uint8Array): Picture {
  expectSize('picture', width, height);
  const made = { width, height, channels, data: data ?? new Uint8Array(width * height * channels) };
  expectPicture('picture', made);
  return made;
}

/** Allocates a target of a checked source's shape. */
export function likePicture({ width, height, channels, data }: Picture): Picture {
  return { width, height, channels, data: new Uint8Array(data.length) };
}

export function copyInto(source: Picture, target: Picture): void {
  target.data.set(source.data);
}
