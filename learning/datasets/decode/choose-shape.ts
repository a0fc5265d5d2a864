import { availableParallelism } from 'node:os';
import type { ImageConfig } from '../../../domain/config/data.js';
import { DataError } from '../../../domain/errors.js';
import type { LeftOut } from '../../../domain/left-out.js';
import type { ImageShape } from '../../../domain/records.js';
import { LeftOutCollector } from '../collect-left-out.js';
import type { DataFields } from '../data-fields.js';
import type { Picture } from '../sources/source.js';
import { probePicture } from './decode-picture.js';
import { inOrder } from './in-order.js';
import { UnreadablePicture } from './picture-file.js';

const CHANNELS = { gray: 1, rgb: 3 } as const;
const SMALLEST = 8;
const LARGEST = 1024;
/** Colour that is lost can't be had again, so a few colour pictures suffice; not a stray one, which triples the work. */
const COLOUR_SHARE = 0.05;

interface Probed {
  readonly name: string;
  readonly shape: ImageShape;
}

export interface ChosenShape {
  readonly image: ImageShape;
  /** Pictures of another colour or size than chosen. */
  readonly leftOut: readonly LeftOut[];
}

async function probeAll(
  pictures: readonly Picture[],
  onPicture: () => void,
): Promise<{ readonly probed: Probed[]; readonly firstReason: string }> {
  const probed: Probed[] = [];
  let firstReason = '';
  const probe = async (picture: Picture): Promise<Probed | string> => {
    try {
      return { name: picture.name, shape: await probePicture(picture) };
    } catch (error) {
      if (!(error instanceof UnreadablePicture)) throw error;
      return `${picture.name}: ${error.message}`;
    }
  };
  for await (const result of inOrder(pictures, 2 * Math.max(4, availableParallelism()), probe)) {
    onPicture();
    if (typeof result === 'string') firstReason ||= result;
    else probed.push(result);
  }
  return { probed, firstReason };
}

function medianOf(values: readonly number[]): number {
  return Float64Array.from(values).sort()[values.length >> 1]!;
}

/** The size that most pictures have; if fewer than half share one, the median width and height. */
function usualSize(shapes: readonly ImageShape[]): { readonly width: number; readonly height: number } {
  const counts = new Map<string, { readonly shape: ImageShape; count: number }>();
  for (const shape of shapes) {
    const key = `${shape.width} ${shape.height}`;
    const known = counts.get(key);
    if (known) known.count++;
    else counts.set(key, { shape, count: 1 });
  }
  const most = [...counts.values()].reduce((best, one) => (one.count > best.count ? one : best));
  if (2 * most.count >= shapes.length) return most.shape;
  return {
    width: medianOf(shapes.map(({ width }) => width)),
    height: medianOf(shapes.map(({ height }) => height)),
  };
}

function differences(
  probed: readonly Probed[],
  image: ImageShape,
  { width, height, colour }: ImageConfig,
): LeftOut[] {
  const found = new LeftOutCollector();
  for (const { name, shape } of probed) {
    if (colour === undefined && shape.channels !== image.channels) {
      found.add(image.channels === 3 ? 'toColour' : 'toGray', name);
    }
    // A configured size is no news.
    const isOther =
      (width === undefined && shape.width !== image.width) ||
      (height === undefined && shape.height !== image.height);
    if (isOther) found.add('resized', name, `${shape.width} x ${shape.height}`);
  }
  return found.list(probed.length);
}

/**
 * Returns the shape of all packed pictures: as configured, otherwise by the headers of all labelled pictures. They are
 * gray unless at least 5% have colour, and of the most frequent size, or the median one.
 * @param others pictures of the other sources; they decide nothing, but differences are counted
 * @param onPicture called for each header; an error that it throws ends the reading
 * @throws DataError when no labelled picture is readable, or the size is out of bounds and not configured
 */
export async function chooseShape(
  config: ImageConfig,
  labelled: readonly Picture[],
  others: readonly Picture[],
  fields: DataFields,
  onPicture: () => void = () => undefined,
): Promise<ChosenShape> {
  const { width, height, colour } = config;
  if (width && height && colour) {
    return { image: { height, width, channels: CHANNELS[colour] }, leftOut: [] };
  }
  const { probed, firstReason } = await probeAll(labelled, onPicture);
  if (probed.length === 0) {
    throw new DataError(
      `${fields.labelled}: none of ${labelled.length} pictures can be read, the first is ${firstReason}`,
    );
  }
  const shapes = probed.map(({ shape }) => shape);
  const usual = usualSize(shapes);
  const inColour = shapes.filter(({ channels }) => channels === 3).length;
  const image: ImageShape = {
    height: height ?? usual.height,
    width: width ?? usual.width,
    channels: colour ? CHANNELS[colour] : inColour >= COLOUR_SHARE * shapes.length && inColour > 0 ? 3 : 1,
  };
  const side = [image.width, image.height].find((size) => size < SMALLEST || size > LARGEST);
  if (side !== undefined) {
    throw new DataError(
      `${fields.image}: the labelled pictures' usual size is ${usual.width} x ${usual.height} pixels ("${probed[0]!.name}" is the first of ${probed.length}), expected sides from ${SMALLEST} to ${LARGEST}: set ${fields.image}.width and ${fields.image}.height`,
    );
  }
  const rest = await probeAll(others, onPicture);
  return { image, leftOut: differences([...probed, ...rest.probed], image, config) };
}
