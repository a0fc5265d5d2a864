import type { KeyedRandom } from '../../../domain/random.js';
import { pick } from './fuzzer.js';

type Mutation = (bytes: Buffer, random: KeyedRandom) => Buffer;

const MOST_MUTATIONS = 4;
const HEADER_BYTES = 64;
/** Numbers at which sizes and counts overflow. */
const LIMITS = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];

/** Every second place is in the header, where most decisions are taken. */
function place(length: number, random: KeyedRandom): number {
  return random.integer(random.integer(2) === 0 ? Math.min(length, HEADER_BYTES) : length);
}

function range({ length }: Buffer, random: KeyedRandom): [start: number, end: number] {
  const start = place(length, random);
  return [start, Math.min(length, start + 1 + random.integer(HEADER_BYTES))];
}

const MUTATIONS: readonly Mutation[] = [
  function flipBit(bytes, random) {
    const at = place(bytes.length, random);
    bytes[at] = bytes[at]! ^ (1 << random.integer(8));
    return bytes;
  },
  function setByte(bytes, random) {
    bytes[place(bytes.length, random)] = pick(random, LIMITS) & 0xff;
    return bytes;
  },
  function setNumber(bytes, random) {
    if (bytes.length < 4) return bytes;
    const at = place(bytes.length - 3, random);
    if (random.integer(2) === 0) bytes.writeUInt32BE(pick(random, LIMITS), at);
    else bytes.writeUInt32LE(pick(random, LIMITS), at);
    return bytes;
  },
  (bytes, random) => bytes.subarray(0, random.integer(bytes.length + 1)),
  function removeRange(bytes, random) {
    const [start, end] = range(bytes, random);
    return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
  },
  function repeatRange(bytes, random) {
    const [start, end] = range(bytes, random);
    return Buffer.concat([bytes.subarray(0, end), bytes.subarray(start)]);
  },
  (bytes, random) => bytes.fill(0, ...range(bytes, random)),
  function insertNoise(bytes, random) {
    const at = place(bytes.length + 1, random);
    const noise = Buffer.from(Array.from({ length: 1 + random.integer(16) }, () => random.integer(256)));
    return Buffer.concat([bytes.subarray(0, at), noise, bytes.subarray(at)]);
  },
];

/** Damages bytes in one or several places. */
export function mutated(bytes: Uint8Array, random: KeyedRandom): Buffer {
  let changed = Buffer.from(bytes);
  for (let left = 1 + random.integer(MOST_MUTATIONS); left > 0 && changed.length > 0; left--) {
    changed = Buffer.from(pick(random, MUTATIONS)(changed, random));
  }
  return changed;
}
