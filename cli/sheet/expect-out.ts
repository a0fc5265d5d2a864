import { ConfigurationError } from '../../domain/errors.js';
import { expectPlace } from '../expect-place.js';

const DRAWN = /\.(png|jpe?g|webp)$/i;

/** Whether a path has the extension of a picture. */
export function isDrawn(path: string): boolean {
  return DRAWN.test(path);
}

/**
 * Checks, before any work, that a sheet can be written to a path.
 * @throws ConfigurationError for another extension, or if the path can't be written
 */
export async function expectOut(path: string): Promise<void> {
  if (!isDrawn(path)) {
    throw new ConfigurationError(
      `--out: received "${path}", expected a name that ends in .png, .jpg or .webp`,
    );
  }
  await expectPlace(path, 'file');
}
