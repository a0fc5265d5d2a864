import { ArtifactMissingError, CorruptArtifactError } from '../../domain/errors.js';
import { EXIT } from '../exit-codes.js';
import { note } from '../streams.js';

/**
 * Reads a part of what a command shows. A part that is damaged is named on stderr and left out, so that the others are
 * shown; the command then fails at its end.
 * @param makeAnew makes a damaged part from others, if it can, and says so
 * @returns undefined for a part that is damaged, or that the store no longer has
 */
export async function readable<T>(
  read: () => Promise<T>,
  makeAnew?: (error: CorruptArtifactError) => Promise<T | undefined>,
): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ArtifactMissingError) return undefined;
    if (!(error instanceof CorruptArtifactError)) throw error;
    const made = await makeAnew?.(error);
    if (made !== undefined) return made;
    note(`! ${error.message}`);
    process.exitCode = EXIT.failed;
    return undefined;
  }
}
