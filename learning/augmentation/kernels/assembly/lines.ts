import { paint } from './paint';

/** First k >= 0 with start + step * k in [0, limit); step must not be 0. */
function entry(start: f64, step: f64, limit: f64): f64 {
  return step > 0 ? Math.ceil(-start / step) : Math.floor((limit - start) / step) + 1;
}

/** First k after those. All numbers are integers far below 2^53, so the quotients round correctly. */
function exit(start: f64, step: f64, limit: f64): f64 {
  return step > 0 ? Math.ceil((limit - start) / step) : Math.floor(-start / step) + 1;
}

/** Copies pixels along a line in the source; position and step are 16.16 fixed point, and all pixels are inside. */
function copyLine(
  from: usize,
  width: i32,
  to: usize,
  pixels: i32,
  channels: i32,
  atX: i32,
  atY: i32,
  stepX: i32,
  stepY: i32,
): void {
  if (stepX === 65536 && stepY === 0) {
    memory.copy(to, from + ((atY >> 16) * width + (atX >> 16)) * channels, pixels * channels);
    return;
  }
  if (channels === 1) {
    for (const end = to + pixels; to < end; to++, atX += stepX, atY += stepY) {
      store<u8>(to, load<u8>(from + (atY >> 16) * width + (atX >> 16)));
    }
    return;
  }
  // Each store's fourth byte is the next pixel's first.
  for (const last = to + (pixels - 1) * 3; to < last; to += 3, atX += stepX, atY += stepY) {
    store<u32>(to, load<u32>(from + ((atY >> 16) * width + (atX >> 16)) * 3));
  }
  const read = from + ((atY >> 16) * width + (atX >> 16)) * 3;
  store<u16>(to, load<u16>(read));
  store<u8>(to, load<u8>(read, 2), 2);
}

/**
 * Affine map with nearest pixels, in 16.16 fixed point: the source position of the first target pixel and the steps to
 * the next column and row. Only the start of a row may exceed 32 bits.
 */
export function copyAlongLines(
  from: usize,
  width: i32,
  height: i32,
  to: usize,
  targetWidth: i32,
  targetHeight: i32,
  channels: i32,
  startX: f64,
  startY: f64,
  stepX: i32,
  stepY: i32,
  rowX: i32,
  rowY: i32,
  fill: u32,
): void {
  const limitX = <f64>width * 65536;
  const limitY = <f64>height * 65536;
  for (let y = 0; y < targetHeight; y++, startX += rowX, startY += rowY, to += targetWidth * channels) {
    let first: f64 = 0;
    let last: f64 = targetWidth;
    if (stepX !== 0) {
      first = max(first, entry(startX, stepX, limitX));
      last = min(last, exit(startX, stepX, limitX));
    } else if (startX < 0 || startX >= limitX) last = 0;
    if (stepY !== 0) {
      first = max(first, entry(startY, stepY, limitY));
      last = min(last, exit(startY, stepY, limitY));
    } else if (startY < 0 || startY >= limitY) last = 0;
    if (last <= first) {
      paint(to, targetWidth, channels, fill);
      continue;
    }
    const begin = <i32>first;
    const end = <i32>last;
    paint(to, begin, channels, fill);
    paint(to + end * channels, targetWidth - end, channels, fill);
    const atX = <i32>(<i64>(startX + <f64>stepX * first));
    const atY = <i32>(<i64>(startY + <f64>stepY * first));
    copyLine(from, width, to + begin * channels, end - begin, channels, atX, atY, stepX, stepY);
  }
}
