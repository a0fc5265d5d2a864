import { placePictures, type Shape } from '../kernels/kernel-memory.js';
import { addressOf, kernels } from '../kernels/kernels.js';
import type { Picture, Size } from '../picture.js';
import { type Contributions, contributions, type Kernel } from './contributions.js';
import type { Window } from './crop.js';

const INTEGER = Int32Array.BYTES_PER_ELEMENT;

/** A picture of as many bytes as a table: it reserves memory for the table. */
function roomOf({ table }: Contributions): Shape {
  return { width: table.byteLength, height: 1, channels: 1 };
}

function put({ table }: Contributions, { data }: Picture): number {
  new Int32Array(data.buffer, data.byteOffset, table.length).set(table);
  return data.byteOffset;
}

/** Whether columns are scaled before rows; intermediate levels are rounded, so the order matters. */
function scale(from: Picture, between: Picture, to: Picture, room: readonly Picture[], passes: Passes): void {
  const { columns, rows, columnsFirst } = passes;
  const columnTable = put(columns, room[0]!);
  const rowTable = put(rows, room[1]!);
  const along = (source: Picture, target: Picture) =>
    kernels.scaleRows(
      addressOf(source.data),
      source.width,
      source.height,
      addressOf(target.data),
      target.width,
      target.channels,
      columnTable,
      columns.entry * INTEGER,
    );
  const down = (source: Picture, target: Picture) =>
    kernels.scaleColumns(
      addressOf(source.data),
      source.width * source.channels,
      addressOf(target.data),
      target.height,
      rowTable,
      rows.entry * INTEGER,
    );
  if (columnsFirst) {
    along(from, between);
    down(between, to);
  } else {
    down(from, between);
    along(between, to);
  }
}

interface Passes {
  readonly columns: Contributions;
  readonly rows: Contributions;
  readonly columnsFirst: boolean;
}

/**
 * Scales a picture to a size with a kernel of Pillow's `Image.resize`, in its arithmetic (22-bit fixed-point weights,
 * levels rounded between the two passes), and computes only a window of the result. Columns come first unless the
 * height shrinks by more than twice as much as the width (since Pillow 13).
 */
export function resampled(source: Picture, size: Size, window: Window, kernel: Kernel): Picture {
  const { width, channels } = source;
  const columns = contributions(width, size.width, { start: window.left, length: window.width }, kernel);
  const rows = contributions(
    source.height,
    size.height,
    { start: window.top, length: window.height },
    kernel,
  );
  const shorter = source.height - size.height;
  const narrower = width - size.width;
  const columnsFirst = !(narrower === 0 || (shorter > 0 && shorter > 2 * narrower));
  const shown = { width: columns.read.length, height: rows.read.length, channels };
  const between = columnsFirst ? { ...shown, width: window.width } : { ...shown, height: window.height };
  const target = { width: window.width, height: window.height, channels };
  const places = placePictures(shown, between, target, roomOf(columns), roomOf(rows));
  const [from, middle, to, ...tables] = places as [Picture, Picture, Picture, Picture, Picture];
  bring(source, columns.read.start, rows.read.start, from);
  scale(from, middle, to, tables, { columns, rows, columnsFirst });
  return { ...target, data: to.data.slice() };
}

/** Copies the part of a picture that the weights use. */
function bring({ data, width, channels }: Picture, left: number, top: number, to: Picture): void {
  const stride = to.width * channels;
  if (to.width === width) {
    to.data.set(data.subarray(top * stride, (top + to.height) * stride));
    return;
  }
  for (let y = 0; y < to.height; y++) {
    const start = ((top + y) * width + left) * channels;
    to.data.set(data.subarray(start, start + stride), y * stride);
  }
}
