import sharp from 'sharp';
import { widthOf } from './font.js';
import { writePicture } from './write-picture.js';

export interface Svg {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** Picture pixels per SVG pixel. */
const SHARPNESS = 2;

/**
 * Rasterises an SVG and writes it in the format of the path's extension.
 * @returns its size in pixels
 * @throws ConfigurationError if it can't be written
 */
export async function writeSvg(
  { svg, width, height }: Svg,
  path: string,
): Promise<{ readonly width: number; readonly height: number }> {
  // Registers both weights of the font.
  await Promise.all([widthOf('font', 11), widthOf('font', 11, 'bold')]);
  const drawn = sharp(Buffer.from(svg), { density: 72 * SHARPNESS }).flatten({ background: '#ffffff' });
  await writePicture(drawn, path);
  return { width: width * SHARPNESS, height: height * SHARPNESS };
}
