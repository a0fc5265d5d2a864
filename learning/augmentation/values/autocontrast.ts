import { newPicture } from '../kernels/kernel-memory.js';
import type { Picture } from '../picture.js';
import { levelRanges } from './statistics.js';
import { fillTable, tableInto } from './table.js';

const table = new Uint8Array(3 * 256);

/** See {@link autocontrast}. The target may be the source. */
export function autocontrastInto(source: Picture, target: Picture): void {
  const { channels } = source;
  const ranges = levelRanges(source);
  for (let channel = 0; channel < channels; channel++) {
    const [lowest, highest] = ranges[channel]!;
    const scale = highest > lowest ? 255 / (highest - lowest) : 1;
    const offset = highest > lowest ? -lowest * scale : 0;
    fillTable(table.subarray(channel * 256, channel * 256 + 256), (level) => level * scale + offset);
  }
  tableInto(source, target, table.subarray(0, channels * 256));
}

/** Stretches each channel so that its lowest level becomes 0 and its highest 255 (Pillow's `ImageOps.autocontrast`). */
export function autocontrast(source: Picture): Picture {
  return newPicture(source, autocontrastInto);
}
