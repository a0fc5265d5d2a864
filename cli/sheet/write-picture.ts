import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Sharp } from 'sharp';
import { ConfigurationError } from '../../domain/errors.js';

/** The format of a path's extension. */
function formatOf(path: string): 'png' | 'jpeg' | 'webp' {
  if (/\.png$/i.test(path)) return 'png';
  return /\.webp$/i.test(path) ? 'webp' : 'jpeg';
}

/**
 * Writes a picture in the format of the path's extension. Creates missing folders.
 * @throws ConfigurationError if it can't be written
 */
export async function writePicture(picture: Sharp, path: string): Promise<void> {
  try {
    await mkdir(dirname(resolve(path)), { recursive: true });
    await picture
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
}
