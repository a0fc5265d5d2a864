import type { Picture } from '../picture.js';

/** Pillow's gray of a colour (ITU-R 601-2 luma in 16.16 fixed point, rounded). */
export function luma(red: number, green: number, blue: number): number {
  return (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
}

/** The mean gray of a picture, rounded as Pillow's contrast does. */
export function meanLuma({ data, channels }: Picture): number {
  let sum = 0;
  if (channels === 1) {
    for (let at = 0; at < data.length; at++) sum += data[at]!;
  } else {
    // Rows of a few thousand pixels keep the inner sum a small integer.
    for (let start = 0; start < data.length; start += 12_288) {
      const end = Math.min(start + 12_288, data.length);
      let part = 0;
      for (let at = start; at < end; at += 3) {
        part =
          (part + ((data[at]! * 19595 + data[at + 1]! * 38470 + data[at + 2]! * 7471 + 0x8000) >> 16)) | 0;
      }
      sum += part;
    }
  }
  return Math.trunc(sum / (data.length / channels) + 0.5);
}
