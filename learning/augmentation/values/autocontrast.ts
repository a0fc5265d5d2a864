import type { Picture } from '../picture.js';
import { changed, fillTable, tableInto } from './table.js';

const table = new Uint8Array(3 * 256);
const seen = new Uint8Array(3 * 256);

function markSeen({ data, channels }: Picture): void {
  seen.fill(0);
  if (channels === 1) for (let at = 0; at < data.length; at++) seen[data[at]!] = 1;
  else {
    for (let at = 0; at < data.length; at += 3) {
      seen[data[at]!] = 1;
      seen[256 + data[at + 1]!] = 1;
      seen[512 + data[at + 2]!] = 1;
    }
  }
}

/** See {@link autocontrast}. The target may be the source. */
export function autocontrastInto(source: Picture, target: Picture): void {
  markSeen(source);
  const { channels } = source;
  for (let channel = 0; channel < channels; channel++) {
    const levels = seen.subarray(channel * 256, channel * 256 + 256);
    const lowest = levels.indexOf(1);
    const highest = levels.lastIndexOf(1);
    const scale = highest > lowest ? 255 / (highest - lowest) : 1;
    const offset = highest > lowest ? -lowest * scale : 0;
    fillTable(table.subarray(channel * 256, channel * 256 + 256), (level) => level * scale + offset);
  }
  tableInto(source, target, table.subarray(0, channels * 256));
}

/** Stretches each channel so that its lowest level becomes 0 and its highest 255 (Pillow's `ImageOps.autocontrast`). */
export function autocontrast(source: Picture): Picture {
  return changed(source, (target) => autocontrastInto(source, target));
}
