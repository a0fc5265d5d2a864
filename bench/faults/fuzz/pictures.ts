import { join } from 'node:path';
import sharp from 'sharp';
import { DataError } from '../../../domain/errors.js';
import { sha256 } from '../../../domain/hash.js';
import { decodePicture, probePicture } from '../../../learning/datasets/decode/decode-picture.js';
import { inspectPicture } from '../../../learning/datasets/decode/inspect-picture.js';
import { UnreadablePicture } from '../../../learning/datasets/decode/picture-file.js';
import { noise } from '../../../test/support/picture-files.js';
import { chance, type Fuzzer, pick } from './fuzzer.js';
import { mutated } from './mutate.js';

const SIDE = 24;
const SHAPES = [
  { width: 16, height: 16, channels: 3 },
  { width: 8, height: 24, channels: 1 },
] as const;

const open = (channels: 1 | 3 | 4) =>
  sharp(noise(channels, SIDE * SIDE * channels), { raw: { width: SIDE, height: SIDE, channels } });
const gray = () => open(1).toColourspace('b-w');

/** Small pictures of every kind that people bring, also of formats that are refused. */
const KINDS: readonly (() => Promise<Buffer>)[] = [
  () => open(3).jpeg().toBuffer(),
  () => gray().jpeg().toBuffer(),
  () => open(3).jpeg({ progressive: true }).toBuffer(),
  () => open(3).jpeg({ chromaSubsampling: '4:4:4', optimiseScans: true }).toBuffer(),
  () => open(3).toColourspace('cmyk').jpeg().toBuffer(),
  () => open(3).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
  () => open(3).png().toBuffer(),
  () => gray().png({ progressive: true }).toBuffer(),
  () => open(4).png({ palette: true }).toBuffer(),
  () => open(3).toColourspace('rgb16').png().toBuffer(),
  () => open(3).webp().toBuffer(),
  () => open(4).webp({ lossless: true }).toBuffer(),
  () => moving().webp().toBuffer(),
  () => moving().gif().toBuffer(),
  () => open(3).tiff().toBuffer(),
];

function moving() {
  const raw = { width: SIDE, height: 2 * SIDE, channels: 3, pageHeight: SIDE } as const;
  return sharp(noise(0, 2 * 3 * SIDE * SIDE), { raw });
}

const SOUND = 1 / 16;
const JOINED = 1 / 8;

/** Bytes of pictures, damaged or joined from two. */
export const pictures: Fuzzer = {
  refusals: [UnreadablePicture, DataError],
  cpuSeconds: 5,
  async make(random) {
    const bytes = await pick(random, KINDS)();
    if (chance(random, SOUND)) return { 'picture.png': bytes };
    if (!chance(random, JOINED)) return { 'picture.png': mutated(bytes, random) };
    const other = await pick(random, KINDS)();
    const joined = [
      bytes.subarray(0, random.integer(bytes.length)),
      other.subarray(random.integer(other.length)),
    ];
    return { 'picture.png': Buffer.concat(joined) };
  },
  async read(folder) {
    const file = join(folder, 'picture.png');
    const picture = { name: file, content: { file } };
    const { height, width } = await probePicture(picture);
    const facts = await inspectPicture(picture);
    if (facts.shape.height !== height || facts.shape.width !== width) {
      throw new Error(`probed as ${width} x ${height}, inspected as ${JSON.stringify(facts.shape)}`);
    }
    const pixels: string[] = [];
    for (const shape of SHAPES) pixels.push(sha256(await decodePicture(picture, shape, 'cover')));
    return [facts.fingerprint, ...pixels].join();
  },
};
