import { blend, blendOne } from './blend';
import { blues, greens, luma, lumaHigh, lumaLow, reds } from './luma';

/** Blends 16 grays with 16 levels of one channel. */
function blendChannel(grayLow: v128, grayHigh: v128, levels: v128, factor: v128): v128 {
  return i8x16.narrow_i16x8_u(
    blend(grayLow, i16x8.extend_low_i8x16_u(levels), factor),
    blend(grayHigh, i16x8.extend_high_i8x16_u(levels), factor),
  );
}

/** Blends each colour with its gray. The target may be the source. */
export function blendColours(from: usize, to: usize, length: i32, factor: f32): void {
  const alpha = f32x4.splat(factor);
  let at = 0;
  for (; at <= length - 48; at += 48) {
    const a = v128.load(from + at);
    const b = v128.load(from + at, 16);
    const c = v128.load(from + at, 32);
    let red = reds(a, b, c);
    let green = greens(a, b, c);
    let blue = blues(a, b, c);
    const low = lumaLow(red, green, blue);
    const high = lumaHigh(red, green, blue);
    red = blendChannel(low, high, red, alpha);
    green = blendChannel(low, high, green, alpha);
    blue = blendChannel(low, high, blue, alpha);
    storeColours(to + at, red, green, blue);
  }
  for (; at < length; at += 3) {
    const red = <i32>load<u8>(from + at);
    const green = <i32>load<u8>(from + at, 1);
    const blue = <i32>load<u8>(from + at, 2);
    const gray = luma(red, green, blue);
    store<u8>(to + at, blendOne(gray, red, factor));
    store<u8>(to + at, blendOne(gray, green, factor), 1);
    store<u8>(to + at, blendOne(gray, blue, factor), 2);
  }
}

/** Interleaves 16 colours from their channels: first pairs of red and green, then blue. */
function storeColours(to: usize, red: v128, green: v128, blue: v128): void {
  const first = i8x16.shuffle(red, green, 0, 16, 0, 1, 17, 0, 2, 18, 0, 3, 19, 0, 4, 20, 0, 5);
  v128.store(to, i8x16.shuffle(first, blue, 0, 1, 16, 3, 4, 17, 6, 7, 18, 9, 10, 19, 12, 13, 20, 15));
  const second = i8x16.shuffle(red, green, 21, 0, 6, 22, 0, 7, 23, 0, 8, 24, 0, 9, 25, 0, 10, 26);
  v128.store(to, i8x16.shuffle(second, blue, 0, 21, 2, 3, 22, 5, 6, 23, 8, 9, 24, 11, 12, 25, 14, 15), 16);
  const third = i8x16.shuffle(red, green, 0, 11, 27, 0, 12, 28, 0, 13, 29, 0, 14, 30, 0, 15, 31, 0);
  v128.store(to, i8x16.shuffle(third, blue, 26, 1, 2, 27, 4, 5, 28, 7, 8, 29, 10, 11, 30, 13, 14, 31), 32);
}
