import { blendFour } from './blend';

/** Sums of three vertically adjacent levels, for eight columns. */
function column(at: usize, stride: i32): v128 {
  return i16x8.add(i16x8.add(v128.load8x8_u(at - stride), v128.load8x8_u(at)), v128.load8x8_u(at + stride));
}

/**
 * The (1 1 1, 1 5 1, 1 1 1) / 13 neighbourhood of eight levels blended with themselves. 13 is odd, so no sum is
 * half-way and integers round as Pillow's floats do; (sum + 6) / 13 equals (sum + 6) * 20165 / 2^18 for all sums.
 */
function sharpenEight(at: usize, stride: i32, channels: i32, factor: v128): v128 {
  const level = v128.load8x8_u(at);
  let sum = i16x8.add(column(at - channels, stride), column(at + channels, stride));
  sum = i16x8.add(i16x8.add(sum, column(at, stride)), i16x8.add(i16x8.shl(level, 2), i16x8.splat(6)));
  const low = i32x4.shr_u(i32x4.extmul_low_i16x8_u(sum, i16x8.splat(20165)), 18);
  const high = i32x4.shr_u(i32x4.extmul_high_i16x8_u(sum, i16x8.splat(20165)), 18);
  return i16x8.narrow_i32x4_s(
    blendFour(low, i32x4.sub(i32x4.extend_low_i16x8_u(level), low), factor),
    blendFour(high, i32x4.sub(i32x4.extend_high_i16x8_u(level), high), factor),
  );
}

/** Blends each level with its neighbourhood, except at the border. The target is another picture. */
export function sharpen(from: usize, to: usize, width: i32, height: i32, channels: i32, factor: f32): void {
  const stride = width * channels;
  memory.copy(to, from, stride * height);
  const inner = stride - 2 * channels;
  const alpha = f32x4.splat(factor);
  for (let y = 1; y < height - 1; y++) {
    const start = y * stride + channels;
    let x = 0;
    for (; x <= inner - 8; x += 8) {
      const levels = sharpenEight(from + start + x, stride, channels, alpha);
      v128.store64_lane(to + start + x, i8x16.narrow_i16x8_u(levels, levels), 0);
    }
    if (x >= inner) continue;
    // The last vector reads beyond the row; only its valid levels are stored.
    const rest = sharpenEight(from + start + x, stride, channels, alpha);
    let bytes = i64x2.extract_lane(i8x16.narrow_i16x8_u(rest, rest), 0);
    for (; x < inner; x++, bytes >>= 8) store<u8>(to + start + x, <u8>bytes);
  }
}
