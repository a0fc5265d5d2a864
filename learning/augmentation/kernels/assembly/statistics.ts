/** Statistics of a whole picture, for the operations that need them. */
import { blues, greens, luma, lumaHigh, lumaLow, reds } from './luma';

/** Histograms of the levels: [3, 256] of 32 bits. */
export const COUNTS: usize = memory.data(3 * 256 * 4, 16);
/** Each channel's lowest and highest level: [3, 2] bytes. */
export const EXTREMES: usize = memory.data(3 * 2, 16);

function count(channel: i32, level: i32): void {
  const at = COUNTS + (((channel << 8) + level) << 2);
  store<u32>(at, load<u32>(at) + 1);
}

/** Counts the levels of each channel into COUNTS. */
export function countLevels(from: usize, length: i32, channels: i32): void {
  memory.fill(COUNTS, 0, 3 * 256 * 4);
  if (channels === 1) {
    for (let at = 0; at < length; at++) count(0, load<u8>(from + at));
    return;
  }
  for (let at = 0; at < length; at += 3) {
    count(0, load<u8>(from + at));
    count(1, load<u8>(from + at, 1));
    count(2, load<u8>(from + at, 2));
  }
}

/** Scratch memory for the lanes of vectors. */
const LANES: usize = memory.data(96, 16);

function include(channel: i32, level: i32): void {
  const at = EXTREMES + (channel << 1);
  store<u8>(at, <u8>min(level, <i32>load<u8>(at)));
  store<u8>(at, <u8>max(level, <i32>load<u8>(at, 1)), 1);
}

/** Finds each channel's lowest and highest level into EXTREMES. */
export function levelRange(from: usize, length: i32, channels: i32): void {
  for (let channel = 0; channel < 3; channel++) store<u16>(EXTREMES + (channel << 1), 0x00ff);
  let lowA = i8x16.splat(-1);
  let lowB = lowA;
  let lowC = lowA;
  let highA = i8x16.splat(0);
  let highB = highA;
  let highC = highA;
  let at = 0;
  for (; at <= length - 48; at += 48) {
    const a = v128.load(from + at);
    const b = v128.load(from + at, 16);
    const c = v128.load(from + at, 32);
    lowA = i8x16.min_u(lowA, a);
    lowB = i8x16.min_u(lowB, b);
    lowC = i8x16.min_u(lowC, c);
    highA = i8x16.max_u(highA, a);
    highB = i8x16.max_u(highB, b);
    highC = i8x16.max_u(highC, c);
  }
  if (at > 0) {
    // 48 bytes are whole colours: a lane always holds the same channel.
    v128.store(LANES, lowA);
    v128.store(LANES, lowB, 16);
    v128.store(LANES, lowC, 32);
    v128.store(LANES, highA, 48);
    v128.store(LANES, highB, 64);
    v128.store(LANES, highC, 80);
    for (let lane = 0; lane < 96; lane++) include(channels === 1 ? 0 : lane % 3, load<u8>(LANES + lane));
  }
  for (; at < length; at++) include(channels === 1 ? 0 : at % 3, load<u8>(from + at));
}

function lanesOf(sums: v128): u64 {
  return (
    <u64>(<u32>i32x4.extract_lane(sums, 0)) +
    <u64>(<u32>i32x4.extract_lane(sums, 1)) +
    <u64>(<u32>i32x4.extract_lane(sums, 2)) +
    <u64>(<u32>i32x4.extract_lane(sums, 3))
  );
}

/** Iterations after which 32-bit lanes are added up, far below 2^32. */
const STEPS = 1 << 20;

/** The sum of all grays. */
export function sumLuma(from: usize, length: i32): f64 {
  let total: u64 = 0;
  let at = 0;
  while (at <= length - 48) {
    let sums = i32x4.splat(0);
    for (let step = 0; step < STEPS && at <= length - 48; step++, at += 48) {
      const a = v128.load(from + at);
      const b = v128.load(from + at, 16);
      const c = v128.load(from + at, 32);
      const red = reds(a, b, c);
      const green = greens(a, b, c);
      const blue = blues(a, b, c);
      const low = lumaLow(red, green, blue);
      const high = lumaHigh(red, green, blue);
      sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_u(i16x8.add(low, high)));
    }
    total += lanesOf(sums);
  }
  for (; at < length; at += 3)
    total += luma(load<u8>(from + at), load<u8>(from + at, 1), load<u8>(from + at, 2));
  return <f64>total;
}

/** The sum of all levels. */
export function sumLevels(from: usize, length: i32): f64 {
  let total: u64 = 0;
  let at = 0;
  while (at <= length - 16) {
    let sums = i32x4.splat(0);
    for (let step = 0; step < STEPS && at <= length - 16; step++, at += 16) {
      const pairs = i16x8.extadd_pairwise_i8x16_u(v128.load(from + at));
      sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_u(pairs));
    }
    total += lanesOf(sums);
  }
  for (; at < length; at++) total += load<u8>(from + at);
  return <f64>total;
}
