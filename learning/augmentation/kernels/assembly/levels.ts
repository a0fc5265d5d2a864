/** Operations on single levels, independent of channel and neighbours. The target may be the source. */
import { blend, blendOne } from './blend';

/** Blends with one level for the whole picture: 0 for brightness, the mean for contrast. */
export function blendWith(from: usize, to: usize, length: i32, degenerate: i32, factor: f32): void {
  const level = i16x8.splat(<i16>degenerate);
  const alpha = f32x4.splat(factor);
  let at = 0;
  for (; at <= length - 16; at += 16) {
    const levels = v128.load(from + at);
    const low = blend(level, i16x8.extend_low_i8x16_u(levels), alpha);
    const high = blend(level, i16x8.extend_high_i8x16_u(levels), alpha);
    v128.store(to + at, i8x16.narrow_i16x8_u(low, high));
  }
  for (; at < length; at++) store<u8>(to + at, blendOne(degenerate, load<u8>(from + at), factor));
}

/** Inverts the levels at the threshold (0 … 256) and above. */
export function invertFrom(from: usize, to: usize, length: i32, threshold: i32): void {
  let at = 0;
  // 256 does not fit into a byte; no level is inverted then, so copying is right.
  const bound = i8x16.splat(<i8>threshold);
  const none = threshold > 255;
  for (; !none && at <= length - 16; at += 16) {
    const levels = v128.load(from + at);
    // 255 - level flips all bits.
    v128.store(to + at, v128.xor(levels, i8x16.ge_u(levels, bound)));
  }
  for (; at < length; at++) {
    const level = <i32>load<u8>(from + at);
    store<u8>(to + at, level >= threshold ? 255 - level : level);
  }
}

/** Keeps the bits of a mask. */
export function keepBits(from: usize, to: usize, length: i32, mask: i32): void {
  const kept = i8x16.splat(<i8>mask);
  let at = 0;
  for (; at <= length - 16; at += 16) v128.store(to + at, v128.and(v128.load(from + at), kept));
  for (; at < length; at++) store<u8>(to + at, load<u8>(from + at) & <u8>mask);
}

/** Eight levels at once: loads and stores cost more than the look-ups between them. */
function lookUp(levels: u64, one: usize, two: usize, three: usize): u64 {
  return (
    <u64>load<u8>(one + <usize>(levels & 255)) |
    ((<u64>load<u8>(two + <usize>((levels >> 8) & 255))) << 8) |
    ((<u64>load<u8>(three + <usize>((levels >> 16) & 255))) << 16) |
    ((<u64>load<u8>(one + <usize>((levels >> 24) & 255))) << 24) |
    ((<u64>load<u8>(two + <usize>((levels >> 32) & 255))) << 32) |
    ((<u64>load<u8>(three + <usize>((levels >> 40) & 255))) << 40) |
    ((<u64>load<u8>(one + <usize>((levels >> 48) & 255))) << 48) |
    ((<u64>load<u8>(two + <usize>(levels >> 56))) << 56)
  );
}

/**
 * Replaces each level by its entry in the channel's table; gray pictures and shared tables have three equal tables.
 */
export function replaceLevels(
  from: usize,
  to: usize,
  length: i32,
  one: usize,
  two: usize,
  three: usize,
): void {
  let at = 0;
  // 24 levels are eight colours: after each eight levels another channel comes first.
  for (; at <= length - 24; at += 24) {
    const first = load<u64>(from + at);
    const second = load<u64>(from + at, 8);
    const third = load<u64>(from + at, 16);
    store<u64>(to + at, lookUp(first, one, two, three));
    store<u64>(to + at, lookUp(second, three, one, two), 8);
    store<u64>(to + at, lookUp(third, two, three, one), 16);
  }
  for (; at < length; at++) {
    store<u8>(to + at, load<u8>(one + load<u8>(from + at)));
    const next = one;
    one = two;
    two = three;
    three = next;
  }
}
