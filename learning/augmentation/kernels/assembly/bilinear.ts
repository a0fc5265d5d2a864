import { paint } from './paint';

function between(one: f64, other: f64, share: f64): f64 {
  return one + (other - one) * share;
}

function betweenTwo(one: v128, other: v128, share: v128): v128 {
  return f64x2.add(one, f64x2.mul(f64x2.sub(other, one), share));
}

/** Loads the levels of a colour as 32-bit lanes; the fourth lane is unused. */
function colourAt(at: usize): v128 {
  return i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(at)));
}

/** Moves the third level of a colour to the first lane. */
function lastOf(colour: v128): v128 {
  return i32x4.shuffle(colour, colour, 2, 3, 2, 3);
}

/** Red and green are computed as a pair, then blue. */
function blendColour(
  topLeft: v128,
  topRight: v128,
  bottomLeft: v128,
  bottomRight: v128,
  x: v128,
  y: v128,
): v128 {
  const upper = betweenTwo(f64x2.convert_low_i32x4_s(topLeft), f64x2.convert_low_i32x4_s(topRight), x);
  const lower = betweenTwo(f64x2.convert_low_i32x4_s(bottomLeft), f64x2.convert_low_i32x4_s(bottomRight), x);
  return i32x4.trunc_sat_f64x2_s_zero(betweenTwo(upper, lower, y));
}

/**
 * Pillow's affine map with BILINEAR, in its arithmetic: doubles, truncated. (a x + b y + c, d x + e y + f) is the source
 * position of a pixel's centre; outside the source, the pixel gets the fill. Border pixels are repeated.
 */
export function copyBilinear(
  from: usize,
  width: i32,
  height: i32,
  to: usize,
  targetWidth: i32,
  targetHeight: i32,
  channels: i32,
  a: f64,
  b: f64,
  c: f64,
  d: f64,
  e: f64,
  f: f64,
  fill: u32,
): void {
  for (let y = 0; y < targetHeight; y++) {
    for (let x = 0; x < targetWidth; x++, to += channels) {
      const atX = a * (<f64>x + 0.5) + b * (<f64>y + 0.5) + c;
      const atY = d * (<f64>x + 0.5) + e * (<f64>y + 0.5) + f;
      if (!(atX >= 0 && atX < <f64>width && atY >= 0 && atY < <f64>height)) {
        paint(to, 1, channels, fill);
        continue;
      }
      const floorX = Math.floor(atX - 0.5);
      const floorY = Math.floor(atY - 0.5);
      const left = <i32>floorX;
      const top = <i32>floorY;
      const right = atX - 0.5 - floorX;
      const down = atY - 0.5 - floorY;
      const above = from + max(top, 0) * width * channels;
      const below = from + min(top + 1, height - 1) * width * channels;
      const near = max(left, 0) * channels;
      const far = min(left + 1, width - 1) * channels;
      if (channels === 1) {
        const upper = between(load<u8>(above + near), load<u8>(above + far), right);
        store<u8>(
          to,
          <u8>between(upper, between(load<u8>(below + near), load<u8>(below + far), right), down),
        );
        continue;
      }
      const topLeft = colourAt(above + near);
      const topRight = colourAt(above + far);
      const bottomLeft = colourAt(below + near);
      const bottomRight = colourAt(below + far);
      const shareX = f64x2.splat(right);
      const shareY = f64x2.splat(down);
      const redGreen = blendColour(topLeft, topRight, bottomLeft, bottomRight, shareX, shareY);
      store<u8>(to, <u8>i32x4.extract_lane(redGreen, 0));
      store<u8>(to, <u8>i32x4.extract_lane(redGreen, 1), 1);
      const blue = blendColour(
        lastOf(topLeft),
        lastOf(topRight),
        lastOf(bottomLeft),
        lastOf(bottomRight),
        shareX,
        shareY,
      );
      store<u8>(to, <u8>i32x4.extract_lane(blue, 0), 2);
    }
  }
}
