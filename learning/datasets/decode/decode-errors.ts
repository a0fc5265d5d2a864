import { MAX_PIXELS, UnreadablePicture } from './picture-file.js';

/**
 * Describes why sharp could not read a picture. Sharp's own message is only a detail: all decoder threads share one
 * buffer for it, so it may be missing or belong to another broken picture.
 */
export function unreadable(error: unknown): UnreadablePicture {
  const lines = (error as Error).message.trim().split(/\s*\n\s*/);
  const detail = [...new Set(lines)].join('; ');
  if (/exceeds pixel limit/.test(detail)) {
    return new UnreadablePicture(`more than ${MAX_PIXELS / 1e6} megapixels`);
  }
  const detailText = detail === '' || /failOn setting/.test(detail) ? '' : ` (${detail})`;
  return new UnreadablePicture(`damaged or cut short${detailText}`);
}
