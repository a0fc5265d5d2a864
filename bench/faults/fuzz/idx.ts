import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DataError } from '../../../domain/errors.js';
import type { KeyedRandom } from '../../../domain/random.js';
import { listSource } from '../../../learning/datasets/sources/list-source.js';
import { noise } from '../../../test/support/picture-files.js';
import { chance, type Fuzzer, pick } from './fuzzer.js';
import { mutated } from './mutate.js';
import { readPictures } from './read-pictures.js';

const SIZES = [1, 2, 8, 28];
const HUGE = [0, 0x7fffffff, 0xffffffff, 1_000_000];
/** Packs to a thousandth. */
const BOMB_BYTES = 24_000_000;

function withHeader(dimensions: readonly number[], elements: Uint8Array): Buffer {
  const header = Buffer.alloc(4 + 4 * dimensions.length);
  header.writeUInt32BE(0x800 + dimensions.length);
  for (const [index, size] of dimensions.entries()) header.writeUInt32BE(size, 4 + 4 * index);
  return Buffer.concat([header, elements]);
}

function damaged(bytes: Buffer, random: KeyedRandom): Buffer {
  const changed = chance(random, 0.4) ? mutated(bytes, random) : bytes;
  if (!chance(random, 0.5)) return changed;
  const packed = gzipSync(changed, { level: 1 });
  return chance(random, 0.3) ? mutated(packed, random) : packed;
}

/** A header that matches its elements, which are far more than the file's size. */
function bomb(random: KeyedRandom): Buffer {
  const side = pick(random, SIZES);
  const count = Math.floor(BOMB_BYTES / (side * side));
  const zeros = new Uint8Array(count * side * side);
  return gzipSync(withHeader([count, side, side], zeros), { level: 1 });
}

/** Files of images and labels: other headers than contents, packed and not, and packed beyond measure. */
export const idx: Fuzzer = {
  refusals: [DataError],
  cpuSeconds: 5,
  async make(random) {
    const dimensions = [1 + random.integer(6), pick(random, SIZES), pick(random, SIZES)];
    const count = dimensions[0]!;
    const elements = noise(
      0,
      dimensions.reduce((product, size) => product * size),
    );
    if (chance(random, 0.2)) dimensions[random.integer(3)] = pick(random, HUGE);
    const images = chance(random, 0.03) ? bomb(random) : damaged(withHeader(dimensions, elements), random);
    const labels = Uint8Array.from({ length: count }, () => random.integer(12));
    return { images, labels: damaged(withHeader([count], labels), random) };
  },
  async read(folder) {
    const [images, labels] = [join(folder, 'images'), join(folder, 'labels')];
    const context = { field: 'data.labelled', watch: () => undefined };
    // Without labels nothing tells how many images there should be.
    const alone = await listSource({ format: 'idx', images }, { ...context, wantsLabels: false });
    const read = await readPictures(alone);
    const listing = await listSource({ format: 'idx', images, labels }, { ...context, wantsLabels: true });
    return `${read} ${await readPictures(listing)}`;
  },
};
