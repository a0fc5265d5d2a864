import { unreadable } from './decode-errors.js';
import { mendJpeg } from './mend-jpeg.js';

export interface Whole<Result> {
  readonly result: Result;
  /** Errors of the file outside of its picture data. */
  readonly warning?: string;
}

/**
 * Runs a strict decoder. If it fails on a JPEG with errors outside of the picture data, it runs again on the mended file.
 * @throws UnreadablePicture when neither decodes completely and without a warning
 */
export async function decodeWhole<Result>(
  bytes: Buffer,
  decode: (bytes: Buffer) => Promise<Result>,
): Promise<Whole<Result>> {
  try {
    return { result: await decode(bytes) };
  } catch (error) {
    const mended = mendJpeg(bytes);
    if (!mended) throw unreadable(error);
    try {
      return { result: await decode(mended.bytes), warning: `it has ${mended.errors.join(', ')}` };
    } catch {
      throw unreadable(error);
    }
  }
}
