import sharp from 'sharp';
import type { Picture } from '../augmentation/picture.js';

/** Encodes as JPEG and decodes again; chroma has half the resolution, Pillow's default. */
export async function compressJpeg(source: Picture, quality: number): Promise<Picture> {
  const { width, height, channels, data } = source;
  const file = await sharp(data, { raw: { width, height, channels } })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .jpeg({ quality, chromaSubsampling: '4:2:0' })
    .toBuffer();
  const pixels = await sharp(file)
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .raw()
    .toBuffer();
  return { width, height, channels, data: new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.length) };
}
