import { resolve } from 'node:path';
import type { DataSource } from '../../../domain/config/data.js';
import { DataError } from '../../../domain/errors.js';
import type { ImageShape } from '../../../domain/records.js';
import { lastFile, readPlain as readBatch } from './archive-file.js';
import { CIFAR_CLASSES } from './cifar-classes.js';
import { expectPath, stampsOf } from './files.js';
import { nameLabels } from './name-labels.js';
import type { ListContext, Picture, Pixels, SourceListing } from './source.js';

type CifarSource = Extract<DataSource, { format: 'cifar' }>;

const SIDE = 32;
const PLANE = SIDE * SIDE;
const SHAPE: ImageShape = { height: SIDE, width: SIDE, channels: 3 };
/** Label bytes before the pixels; the last one is used (CIFAR-100 has a coarse label first). */
const LABEL_BYTES = { cifar10: 1, cifar100: 2 } as const;

/** Converts planes of red, green and blue to channels last. */
function interleave(planes: Uint8Array): Uint8Array {
  const pixels = new Uint8Array(3 * PLANE);
  for (let pixel = 0; pixel < PLANE; pixel++) {
    for (let channel = 0; channel < 3; channel++)
      pixels[3 * pixel + channel] = planes[channel * PLANE + pixel]!;
  }
  return pixels;
}

function labelsIn(bytes: Uint8Array, labelBytes: number, path: string, field: string): Uint8Array {
  const row = labelBytes + 3 * PLANE;
  if (bytes.length === 0 || bytes.length % row !== 0) {
    throw new DataError(
      `${field}: "${path}" has ${bytes.length} bytes, expected a multiple of ${row}: it is cut short or of another variant (data_batch_1.bin is cifar10, train.bin is cifar100; unpack archives first)`,
    );
  }
  return Uint8Array.from({ length: bytes.length / row }, (_, index) => bytes[index * row + labelBytes - 1]!);
}

/** Lists binary batches, which https://www.cs.toronto.edu/~kriz/cifar.html describes. */
export async function listCifar(
  source: CifarSource,
  { field, watch, wantsLabels }: ListContext,
): Promise<SourceListing> {
  const paths = source.paths.map((path) => resolve(path));
  const labelBytes = LABEL_BYTES[source.variant];
  const row = labelBytes + 3 * PLANE;
  const load = lastFile((path) => readBatch(path, `${field}.paths`));
  const pictures: Picture[] = [];
  const classes = source.classes ?? CIFAR_CLASSES[source.variant];
  for (const [position, path] of paths.entries()) {
    const pathField = `${field}.paths[${position}]`;
    await expectPath(pathField, path, 'file', `a ${source.variant} batch in the binary version`);
    const labels = labelsIn(await readBatch(path, pathField), labelBytes, path, pathField);
    const names = wantsLabels ? nameLabels(labels, classes, `${field}.classes`).names : [];
    for (const index of labels.keys()) {
      const pixels = async (): Promise<Pixels> => {
        const bytes = (await load(path)).subarray(index * row + labelBytes, (index + 1) * row);
        if (bytes.length < 3 * PLANE) throw new DataError(`${pathField}: "${path}" has become shorter`);
        return { data: interleave(bytes), width: SIDE, height: SIDE, channels: 3 };
      };
      const label = names[index];
      pictures.push({
        name: `${path} #${index}`,
        content: { shape: SHAPE, pixels },
        ...(label !== undefined && { label }),
      });
    }
  }
  return {
    classes: classes.map((name) => name.normalize('NFC')),
    pictures,
    stamps: await stampsOf(paths, watch),
    leftOut: [],
  };
}
