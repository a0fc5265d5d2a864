import sharp from 'sharp';
import { widthOf } from './font.js';
import { writePicture } from './write-picture.js';

export interface Svg {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** Pixels of the picture for one of the drawing. */
const SHARPNESS = 2;

/**
 * Draws an SVG in our font and writes it; the name's end says how.
 * @returns its size in pixels
 * @throws ConfigurationError when it can't be written
 */
export async function writeSvg(
  { svg, width, height }: Svg,
  path: string,
): Promise<{ readonly width: number; readonly height: number }> {
  // Both weights are known to SVG once they were measured.
  await Promise.all([widthOf('font', 11), widthOf('font', 11, 'bold')]);
  const drawn = sharp(Buffer.from(svg), { density: 72 * SHARPNESS }).flatten({ background: '#ffffff' });
  await writePicture(drawn, path);
  return { width: width * SHARPNESS, height: height * SHARPNESS };
}
