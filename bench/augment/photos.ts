import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { type KeyedRandom, keyedRandom } from '../../domain/random.js';
import { resize } from '../../learning/augmentation/geometry/resize.js';
import type { Channels, Picture } from '../../learning/augmentation/picture.js';

const WIDTH = 500;
const HEIGHT = 375;

/** Noise whose strength grows with the wavelength, as in photographs. */
function clouds(channels: Channels, random: KeyedRandom): Float32Array {
  const sum = new Float32Array(WIDTH * HEIGHT * channels);
  for (let cell = 1; cell <= 128; cell *= 2) {
    const width = Math.ceil(WIDTH / cell);
    const height = Math.ceil(HEIGHT / cell);
    const data = Uint8Array.from({ length: width * height * channels }, () => random.integer(256));
    const octave = resize({ width, height, channels, data }, WIDTH, HEIGHT, 'bicubic').data;
    for (let at = 0; at < sum.length; at++) sum[at]! += ((octave[at]! - 128) * (cell + 12)) / 200;
  }
  return sum;
}

/** Ellipses of different colour and roughness, for edges. */
function ellipses(random: KeyedRandom) {
  return Array.from({ length: 12 }, () => ({
    x: random.integer(WIDTH),
    y: random.integer(HEIGHT),
    across: 20 + random.integer(120),
    down: 20 + random.integer(90),
    colour: [0, 1, 2].map(() => random.integer(160) - 80),
    rough: 0.3 + 1.5 * random.uniform(),
  }));
}

function photo(random: KeyedRandom): Picture {
  const light = clouds(1, random);
  const colour = clouds(3, random);
  const scene = ellipses(random);
  const data = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let pixel = 0; pixel < WIDTH * HEIGHT; pixel++) {
    const x = pixel % WIDTH;
    const y = Math.floor(pixel / WIDTH);
    const hit = scene.find((one) => ((x - one.x) / one.across) ** 2 + ((y - one.y) / one.down) ** 2 < 1);
    for (let channel = 0; channel < 3; channel++) {
      const at = pixel * 3 + channel;
      const texture = light[pixel]! * (hit?.rough ?? 1) + 0.3 * colour[at]!;
      data[at] = Math.max(0, Math.min(255, 120 + (hit?.colour[channel] ?? 0) + texture));
    }
  }
  return { width: WIDTH, height: HEIGHT, channels: 3, data };
}

/** Writes JPEGs of quality 90 with the statistics of photographs. Returns their folder, paths and mean size in bytes. */
export async function writePhotos(
  count: number,
): Promise<{ folder: string; files: string[]; bytes: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'apprentice-bench-'));
  const files: string[] = [];
  let bytes = 0;
  for (let index = 0; index < count; index++) {
    const { width, height, channels, data } = photo(keyedRandom(index, 'photo'));
    const jpeg = await sharp(data, { raw: { width, height, channels } }).jpeg({ quality: 90 }).toBuffer();
    const file = join(folder, `${String(index).padStart(3, '0')}.jpg`);
    writeFileSync(file, jpeg);
    files.push(file);
    bytes += jpeg.length;
  }
  return { folder, files, bytes: Math.round(bytes / count) };
}
