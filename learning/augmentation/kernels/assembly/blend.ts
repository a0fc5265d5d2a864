/**
 * `degenerate + factor * (level - degenerate)` for eight levels of 16 bits each, as Pillow's `Image.blend` computes
 * it: 32-bit floats, truncated. Results may be outside 0 … 255; the caller narrows them to bytes with saturation.
 */
export function blend(degenerate: v128, level: v128, factor: v128): v128 {
  const difference = i16x8.sub(level, degenerate);
  return i16x8.narrow_i32x4_s(
    blendFour(i32x4.extend_low_i16x8_u(degenerate), i32x4.extend_low_i16x8_s(difference), factor),
    blendFour(i32x4.extend_high_i16x8_u(degenerate), i32x4.extend_high_i16x8_s(difference), factor),
  );
}

/** {@link blend} of four levels of 32 bits, from the difference. */
export function blendFour(degenerate: v128, difference: v128, factor: v128): v128 {
  const part = f32x4.mul(factor, f32x4.convert_i32x4_s(difference));
  return i32x4.trunc_sat_f32x4_s(f32x4.add(f32x4.convert_i32x4_s(degenerate), part));
}

/** {@link blend} of a single level. */
export function blendOne(degenerate: i32, level: i32, factor: f32): u8 {
  const value = <f32>degenerate + factor * <f32>(level - degenerate);
  // Truncating NaN (an infinite factor, no difference) would trap; Pillow has 0 there.
  if (!(value > 0)) return 0;
  return value >= 255 ? 255 : <u8>value;
}
