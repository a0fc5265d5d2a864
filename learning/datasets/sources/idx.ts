import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { DataSource } from '../../../domain/config/data.js';
import { DataError } from '../../../domain/errors.js';
import type { ImageShape } from '../../../domain/records.js';
import { MAX_PIXELS } from '../decode/picture-file.js';
import { expectUnpackable, isGzip, lastFile, readStart, readWhole } from './archive-file.js';
import { expectPath, stampsOf } from './files.js';
import { nameLabels } from './name-labels.js';
import type { ListContext, Picture, Pixels, SourceListing } from './source.js';

/** Each takes some hundred bytes in lists. */
const MOST_PICTURES = 5_000_000;

type IdxSource = Extract<DataSource, { format: 'idx' }>;

/**
 * The IDX layout of LeCun, Cortes and Burges' MNIST page: two zero bytes, the element type (8 is uint8),
 * the number of dimensions, each dimension as a big-endian uint32, then the elements.
 */
async function readDimensions(path: string, dimensions: number, field: string): Promise<number[]> {
  const header = await readStart(path, 4 + 4 * dimensions, field);
  if (header.length < 4 + 4 * dimensions || header.readUInt32BE(0) !== 0x800 + dimensions) {
    const what = dimensions === 3 ? 'images (0x00000803)' : 'labels (0x00000801)';
    throw new DataError(
      `${field}: "${path}" starts with 0x${header.subarray(0, 4).toString('hex')}, expected an IDX file of uint8 ${what}`,
    );
  }
  return Array.from({ length: dimensions }, (_, index) => header.readUInt32BE(4 + 4 * index));
}

function fileBytes(dimensions: readonly number[]): number {
  return 4 + 4 * dimensions.length + dimensions.reduce((product, size) => product * size, 1);
}

function expectBytes(path: string, received: number, dimensions: readonly number[], field: string): void {
  const expected = fileBytes(dimensions);
  if (received === expected) return;
  throw new DataError(
    `${field}: "${path}" has ${received} bytes, expected ${expected} by its header: it is cut short or of another format; download it again`,
  );
}

/** Refuses a header with more elements than the file can hold, before memory is allocated for them. */
async function expectRoom(path: string, dimensions: readonly number[], field: string): Promise<void> {
  const { size } = await stat(path);
  if (await isGzip(path)) expectUnpackable(path, size, fileBytes(dimensions), field);
  else expectBytes(path, size, dimensions, field);
}

/** The elements behind the header. */
async function readElements(path: string, dimensions: readonly number[], field: string): Promise<Buffer> {
  const bytes = await readWhole(path, fileBytes(dimensions), field);
  expectBytes(path, bytes.length, dimensions, field);
  return bytes.subarray(4 + 4 * dimensions.length);
}

/** Lists an IDX file of images with its file of labels; without the latter the images are unlabelled. */
export async function listIdx(
  source: IdxSource,
  { field, watch, wantsLabels }: ListContext,
): Promise<SourceListing> {
  const imagesField = `${field}.images`;
  const path = resolve(source.images);
  await expectPath(imagesField, path, 'file', 'an IDX file of images');
  const dimensions = await readDimensions(path, 3, imagesField);
  const [count, height, width] = dimensions as [number, number, number];
  if (count === 0 || height === 0 || width === 0) {
    throw new DataError(`${imagesField}: "${path}" holds ${count} images of ${width} x ${height} pixels`);
  }

  await expectRoom(path, dimensions, imagesField);
  if (count > MOST_PICTURES || height * width > MAX_PIXELS) {
    throw new DataError(
      `${imagesField}: "${path}" holds ${count} images of ${width} x ${height} pixels, expected at most ${MOST_PICTURES} of ${MAX_PIXELS / 1e6} megapixels: split the file, or scale the pictures down`,
    );
  }

  const labelsPath = wantsLabels && source.labels !== undefined ? resolve(source.labels) : undefined;
  const labels =
    labelsPath === undefined ? undefined : await readLabels(labelsPath, count, `${field}.labels`);
  const named = labels && nameLabels(labels, source.classes, `${field}.classes`);
  const load = lastFile((file) => readElements(file, dimensions, imagesField));
  const size = height * width;
  const shape: ImageShape = { height, width, channels: 1 };
  const pictures = Array.from({ length: count }, (_, index): Picture => {
    const pixels = async (): Promise<Pixels> => {
      const data = (await load(path)).subarray(index * size, (index + 1) * size);
      return { data, width, height, channels: 1 };
    };
    return {
      name: `${path} #${index}`,
      content: { shape, pixels },
      ...(named && { label: named.names[index]! }),
    };
  });
  const stamps = await stampsOf(labelsPath === undefined ? [path] : [path, labelsPath], watch);
  return { classes: named?.classes ?? [], pictures, stamps, leftOut: [] };
}

async function readLabels(path: string, images: number, field: string): Promise<Uint8Array> {
  await expectPath(field, path, 'file', 'an IDX file of labels');
  const [count] = (await readDimensions(path, 1, field)) as [number];
  if (count !== images) {
    throw new DataError(`${field}: "${path}" holds ${count} labels, expected ${images}, one for each image`);
  }
  return readElements(path, [count], field);
}
