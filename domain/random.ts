/**
 * Keyed randomness: a key gives the same numbers in any process, order or attempt. An interrupted run therefore gets
 * the same noise as an uninterrupted one.
 *
 * Philox4x32-10, a counter-based generator: Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3",
 * SC 2011. Checked in test/unit/domain against the known answers of its authors' Random123.
 */

const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;
const ROUNDS = 10;

type Block = [number, number, number, number];

function highWord(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carry = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(carry / 0x10000)) >>> 0;
}

/** One block of Philox4x32-10: four 32-bit words from a 128-bit counter and a 64-bit key. */
export function philox(counter: Readonly<Block>, key: readonly [number, number]): Block {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = highWord(MULTIPLIER_0, c0);
    const low0 = Math.imul(MULTIPLIER_0, c0) >>> 0;
    const high1 = highWord(MULTIPLIER_1, c2);
    const low1 = Math.imul(MULTIPLIER_1, c2) >>> 0;
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c1 = low1;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c3 = low0;
    k0 = (k0 + WEYL_0) >>> 0;
    k1 = (k1 + WEYL_1) >>> 0;
  }
  return [c0, c1, c2, c3];
}

/** A part of a key: a non-negative integer below 2^53, or a word that names a purpose. */
export type KeyPart = number | string;

function wordsOf(part: KeyPart): Block {
  if (typeof part === 'number') {
    if (!Number.isSafeInteger(part) || part < 0) {
      throw new RangeError(`key part: received ${part}, expected an integer from 0 to 2^53 - 1`);
    }
    return [part >>> 0, Math.floor(part / 0x100000000), 0, 0];
  }
  // FNV-1a twice with different offsets; the last word distinguishes texts from numbers.
  let first = 0x811c9dc5;
  let second = 0x01000193;
  for (let index = 0; index < part.length; index++) {
    first = Math.imul(first ^ part.charCodeAt(index), 0x01000193) >>> 0;
    second = Math.imul(second ^ part.charCodeAt(index), 0x85ebca6b) >>> 0;
  }
  return [first, second, part.length, 1];
}

/** The stream of random numbers of one key. */
export class KeyedRandom {
  private readonly key: readonly [number, number];
  private block: Block = [0, 0, 0, 0];
  private position = 4;
  private drawn = 0;

  constructor(key: readonly [number, number]) {
    this.key = key;
  }

  /** Returns an independent stream for a longer key; does not advance this one. */
  fork(...parts: KeyPart[]): KeyedRandom {
    let key = this.key;
    for (const part of parts) {
      const [first, second] = philox(wordsOf(part), key);
      key = [first, second];
    }
    return new KeyedRandom(key);
  }

  /** An integer from 0 to 2^32 - 1. */
  word(): number {
    if (this.position === 4) {
      // The last counter word distinguishes drawing from forking.
      this.block = philox([this.drawn >>> 0, Math.floor(this.drawn / 0x100000000), 0, 0x64726177], this.key);
      this.drawn++;
      this.position = 0;
    }
    return this.block[this.position++ as 0 | 1 | 2 | 3];
  }

  /** Uniform in [0, 1), in steps of 2^-32. */
  uniform(): number {
    return this.word() / 0x100000000;
  }

  /** Uniform integer in [0, limit). */
  integer(limit: number): number {
    return Math.floor(this.uniform() * limit);
  }

  /** Standard normal (Box and Muller 1958). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** A seed for TensorFlow's stateless operations: two int32 words. */
  seedPair(): [number, number] {
    return [this.word() | 0, this.word() | 0];
  }

  /** The numbers 0 … length-1 in random order (Fisher and Yates). */
  permutation(length: number): Uint32Array {
    const order = Uint32Array.from({ length }, (_, index) => index);
    for (let last = length - 1; last > 0; last--) {
      const other = this.integer(last + 1);
      const kept = order[last]!;
      order[last] = order[other]!;
      order[other] = kept;
    }
    return order;
  }
}

/**
 * Returns the stream of a key, for example `keyedRandom(seed, 'augment', generation, stream, epoch, example)`.
 * @throws RangeError when a numeric part is negative or not a whole number.
 */
export function keyedRandom(...parts: KeyPart[]): KeyedRandom {
  return new KeyedRandom([0, 0]).fork(...parts);
}
