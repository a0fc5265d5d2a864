/**
 * The two passes of scaling. A table has one entry for each target pixel: the first source pixel, the number of source
 * pixels, then their weights, 32 bits each. Weights have PRECISION fractional bits.
 */
const PRECISION = 22;
const HALF = 1 << (PRECISION - 1);
/** Offset of an entry's weights. */
const WEIGHTS: usize = 8;

function clip(sum: i32): u8 {
  return <u8>min(255, max(0, sum >> PRECISION));
}

/** Loads four bytes as 32-bit lanes. */
function four(at: usize): v128 {
  return i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(at)));
}

/** Converts 32-bit sums to four levels. */
function levelsOf(sums: v128): u32 {
  const halves = i16x8.narrow_i32x4_s(i32x4.shr_s(sums, PRECISION), i32x4.splat(0));
  return i32x4.extract_lane(i8x16.narrow_i16x8_u(halves, halves), 0);
}

/** Computes one target colour; the fourth byte is unused. */
function scaleColour(row: usize, entry: usize): u32 {
  let read = row + load<i32>(entry) * 3;
  const end = read + load<i32>(entry, 4) * 3;
  let sums = i32x4.splat(HALF);
  for (let weight = entry + WEIGHTS; read < end; read += 3, weight += 4) {
    sums = i32x4.add(sums, i32x4.mul(four(read), v128.load32_splat(weight)));
  }
  return levelsOf(sums);
}

function scaleGray(row: usize, entry: usize): u8 {
  let read = row + load<i32>(entry);
  const end = read + load<i32>(entry, 4);
  let sum = HALF;
  for (let weight = entry + WEIGHTS; read < end; read++, weight += 4)
    sum += load<u8>(read) * load<i32>(weight);
  return clip(sum);
}

/** Scales each row to as many pixels as the table has entries. */
export function scaleRows(
  from: usize,
  width: i32,
  rows: i32,
  to: usize,
  places: i32,
  channels: i32,
  table: usize,
  entryBytes: i32,
): void {
  for (let y = 0; y < rows; y++, from += width * channels) {
    let entry = table;
    if (channels === 1) {
      for (let x = 0; x < places; x++, entry += entryBytes) store<u8>(to++, scaleGray(from, entry));
      continue;
    }
    // Each store's fourth byte is the next pixel's first.
    for (let x = 1; x < places; x++, entry += entryBytes, to += 3) store<u32>(to, scaleColour(from, entry));
    const colour = scaleColour(from, entry);
    store<u16>(to, <u16>colour);
    store<u8>(to, <u8>(colour >> 16), 2);
    to += 3;
  }
}

/** Scales all columns to as many rows as the table has entries; rows have `stride` bytes. */
export function scaleColumns(
  from: usize,
  stride: i32,
  to: usize,
  places: i32,
  table: usize,
  entryBytes: i32,
): void {
  for (let y = 0; y < places; y++, table += entryBytes, to += stride) {
    const first = from + load<i32>(table) * stride;
    const count = load<i32>(table, 4);
    let x = 0;
    for (; x <= stride - 16; x += 16)
      v128.store(to + x, scaleSixteen(first + x, stride, count, table + WEIGHTS));
    for (; x < stride; x++) {
      let sum = HALF;
      for (let k = 0; k < count; k++) {
        sum += load<u8>(first + x + k * stride) * load<i32>(table + WEIGHTS + (k << 2));
      }
      store<u8>(to + x, clip(sum));
    }
  }
}

/** Computes 16 levels of a target row from their columns in the source. */
function scaleSixteen(read: usize, stride: i32, count: i32, weight: usize): v128 {
  let a = i32x4.splat(HALF);
  let b = a;
  let c = a;
  let d = a;
  for (let k = 0; k < count; k++, read += stride, weight += 4) {
    const factor = v128.load32_splat(weight);
    const levels = v128.load(read);
    const low = i16x8.extend_low_i8x16_u(levels);
    const high = i16x8.extend_high_i8x16_u(levels);
    a = i32x4.add(a, i32x4.mul(i32x4.extend_low_i16x8_u(low), factor));
    b = i32x4.add(b, i32x4.mul(i32x4.extend_high_i16x8_u(low), factor));
    c = i32x4.add(c, i32x4.mul(i32x4.extend_low_i16x8_u(high), factor));
    d = i32x4.add(d, i32x4.mul(i32x4.extend_high_i16x8_u(high), factor));
  }
  return i8x16.narrow_i16x8_u(
    i16x8.narrow_i32x4_s(i32x4.shr_s(a, PRECISION), i32x4.shr_s(b, PRECISION)),
    i16x8.narrow_i32x4_s(i32x4.shr_s(c, PRECISION), i32x4.shr_s(d, PRECISION)),
  );
}
