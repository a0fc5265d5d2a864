import sharp from 'sharp';
import { likeSamsung } from './odd-jpegs.js';
import { encodePicture, noise } from './picture-files.js';

/** PNG's checksum (W3C PNG specification, annex D). */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

/** Small files whose headers promise so many pixels a side; what follows is a small picture's. */
export async function hugePictures(side: number): Promise<Record<'png' | 'jpeg' | 'webp', Buffer>> {
  const png = Buffer.from(await encodePicture(0));
  png.writeUInt32BE(side, 16);
  png.writeUInt32BE(side, 20);
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);

  const jpeg = Buffer.from(await encodePicture(0, { channels: 3, format: 'jpeg' }));
  const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
  jpeg.writeUInt16BE(side, frame + 5);
  jpeg.writeUInt16BE(side, frame + 7);

  const small = await sharp(noise(0, 256), { raw: { width: 8, height: 8, channels: 4 } })
    .webp({ lossless: true })
    .toBuffer();
  const canvas = Buffer.alloc(18);
  canvas.write('VP8X', 'latin1');
  canvas.writeUInt32LE(10, 4);
  canvas[8] = 0x10;
  canvas.writeUIntLE(side - 1, 12, 3);
  canvas.writeUIntLE(side - 1, 15, 3);
  const webp = Buffer.concat([small.subarray(0, 12), canvas, small.subarray(12)]);
  webp.writeUInt32LE(webp.length - 8, 4);
  return { png, jpeg, webp };
}

/** Two frames of 16 x 16, the first nearly white. */
function moving() {
  const frames = Uint8Array.from({ length: 2 * 3 * 16 * 16 }, (_, index) => (index < 768 ? 250 : 5));
  return sharp(frames, { raw: { width: 16, height: 32, channels: 3, pageHeight: 16 } });
}

interface Odd {
  readonly bytes: Uint8Array;
  /** Width, height and channels as seen; or why it is refused. */
  readonly expected: readonly [width: number, height: number, channels: 1 | 3] | RegExp;
}

/** Files that go by a picture's name and are not what one expects, and what is to become of them. */
export async function oddPictures(): Promise<Record<string, Odd>> {
  const huge = await hugePictures(40_000);
  const colour = (channels: 3 | 4) =>
    sharp(noise(1, 24 * 16 * channels), { raw: { width: 24, height: 16, channels } });
  const jpeg = await encodePicture(1, { width: 64, height: 64, channels: 3, format: 'jpeg' });
  const bomb = /40000 x 40000 pixels by its header, more than 100 megapixels/;
  return {
    'empty.png': { bytes: new Uint8Array(), expected: /an empty file \(0 bytes\)/ },
    'bomb.png': { bytes: huge.png, expected: bomb },
    'bomb.jpg': { bytes: huge.jpeg, expected: bomb },
    'bomb.webp': { bytes: huge.webp, expected: bomb },
    'cut.jpg': { bytes: jpeg.subarray(0, jpeg.length / 2), expected: /damaged or cut short/ },
    'moving.gif': {
      bytes: await moving().gif().toBuffer(),
      expected: /neither JPEG, PNG nor WebP, but a GIF/,
    },
    'moving.webp': { bytes: await moving().webp({ lossless: true }).toBuffer(), expected: [16, 16, 3] },
    'ink.jpg': { bytes: await colour(3).toColourspace('cmyk').jpeg().toBuffer(), expected: [24, 16, 3] },
    'deep.png': { bytes: await colour(3).toColourspace('rgb16').png().toBuffer(), expected: [24, 16, 3] },
    'clear.png': { bytes: await colour(4).png().toBuffer(), expected: [24, 16, 3] },
    'turned.jpg': {
      bytes: await colour(3).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
      expected: [16, 24, 3],
    },
    'samsung.jpg': { bytes: likeSamsung(jpeg), expected: [64, 64, 3] },
    'gray.png': { bytes: await encodePicture(2), expected: [8, 8, 1] },
  };
}
