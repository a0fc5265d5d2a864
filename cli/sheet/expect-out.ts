import { ConfigurationError } from '../../domain/errors.js';
import { expectPlace } from '../expect-place.js';

const DRAWN = /\.(png|jpe?g|webp)$/i;

/** Whether a name is one of a picture. */
export function isDrawn(path: string): boolean {
  return DRAWN.test(path);
}

/**
 * Makes sure, before any work, that a sheet can be written there.
 * @throws ConfigurationError when its name has another ending, or something else is in the way
 */
export async function expectOut(path: string): Promise<void> {
  if (!isDrawn(path)) {
    throw new ConfigurationError(
      `--out: received "${path}", expected a name that ends in .png, .jpg or .webp`,
    );
  }
  await expectPlace(path, 'file');
}
