import sharp from 'sharp';
import { ConfigurationError } from '../../domain/errors.js';
import type { Calibration } from '../../learning/evaluation/calibration.js';
import { formatOf } from '../sheet/draw-sheet.js';
import { widthOf } from '../sheet/font.js';
import { DIAGRAM_SIZE, diagramSvg } from './diagram.js';

/** Pixels of the picture for one of the drawing. */
const SHARPNESS = 2;

/**
 * Draws {@link diagramSvg} and writes it; the name's end says how.
 * @returns its size
 * @throws ConfigurationError when it can't be written
 */
export async function drawDiagram(
  name: string,
  calibration: Calibration,
  path: string,
): Promise<{ readonly width: number; readonly height: number }> {
  // Both weights are known to SVG once they were measured.
  await Promise.all([widthOf('font', 11), widthOf('font', 11, 'bold')]);
  const svg = Buffer.from(diagramSvg(name, calibration));
  try {
    await sharp(svg, { density: 72 * SHARPNESS })
      .flatten({ background: '#ffffff' })
      .png({ compressionLevel: 9 })
      .jpeg({ quality: 92 })
      .webp({ quality: 92 })
      .toFormat(formatOf(path))
      .toFile(path);
  } catch (error) {
    throw new ConfigurationError(`--out: "${path}" can't be written: ${(error as Error).message}`, {
      cause: error,
    });
  }
  return { width: DIAGRAM_SIZE.width * SHARPNESS, height: DIAGRAM_SIZE.height * SHARPNESS };
}
