/** Pillow's gray of a colour (ITU-R 601-2) in 16.16 fixed point, rounded. */
export function luma(red: i32, green: i32, blue: i32): i32 {
  return (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
}

/** {@link luma} of eight colours, 16 bits each. */
function lumaEight(red: v128, green: v128, blue: v128): v128 {
  const r = i16x8.splat(19595);
  const g = i16x8.splat(<i16>38470);
  const b = i16x8.splat(7471);
  const half = i32x4.splat(0x8000);
  const low = i32x4.add(
    i32x4.add(i32x4.extmul_low_i16x8_u(red, r), i32x4.extmul_low_i16x8_u(green, g)),
    i32x4.add(i32x4.extmul_low_i16x8_u(blue, b), half),
  );
  const high = i32x4.add(
    i32x4.add(i32x4.extmul_high_i16x8_u(red, r), i32x4.extmul_high_i16x8_u(green, g)),
    i32x4.add(i32x4.extmul_high_i16x8_u(blue, b), half),
  );
  // The upper halves of the sums.
  return i16x8.shuffle(low, high, 1, 3, 5, 7, 9, 11, 13, 15);
}

/** {@link luma} of the first eight of 16 colours, bytes in and 16 bits out. */
export function lumaLow(red: v128, green: v128, blue: v128): v128 {
  return lumaEight(
    i16x8.extend_low_i8x16_u(red),
    i16x8.extend_low_i8x16_u(green),
    i16x8.extend_low_i8x16_u(blue),
  );
}

/** {@link luma} of the last eight. */
export function lumaHigh(red: v128, green: v128, blue: v128): v128 {
  return lumaEight(
    i16x8.extend_high_i8x16_u(red),
    i16x8.extend_high_i8x16_u(green),
    i16x8.extend_high_i8x16_u(blue),
  );
}

/** One channel of the 16 colours in 48 bytes. */
export function reds(a: v128, b: v128, c: v128): v128 {
  const ab = i8x16.shuffle(a, b, 0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 0, 0, 0, 0, 0);
  return i8x16.shuffle(ab, c, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 17, 20, 23, 26, 29);
}

export function greens(a: v128, b: v128, c: v128): v128 {
  const ab = i8x16.shuffle(a, b, 1, 4, 7, 10, 13, 16, 19, 22, 25, 28, 31, 0, 0, 0, 0, 0);
  return i8x16.shuffle(ab, c, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 18, 21, 24, 27, 30);
}

export function blues(a: v128, b: v128, c: v128): v128 {
  const ab = i8x16.shuffle(a, b, 2, 5, 8, 11, 14, 17, 20, 23, 26, 29, 0, 0, 0, 0, 0, 0);
  return i8x16.shuffle(ab, c, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 19, 22, 25, 28, 31);
}
