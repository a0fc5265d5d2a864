import type { ImageConfig } from '../../../domain/config/data.js';
import { DataError } from '../../../domain/errors.js';
import type { ImageShape } from '../../../domain/records.js';
import type { DataFields } from '../data-fields.js';
import type { Picture } from '../sources/source.js';
import { probePicture } from './decode-picture.js';
import { UnreadablePicture } from './picture-file.js';

const CHANNELS = { gray: 1, rgb: 3 } as const;
const SMALLEST = 8;
const LARGEST = 1024;

async function firstReadable(
  pictures: readonly Picture[],
  { labelled }: DataFields,
): Promise<{ shape: ImageShape; name: string }> {
  let firstReason = '';
  for (const picture of pictures) {
    try {
      return { shape: await probePicture(picture), name: picture.name };
    } catch (error) {
      if (!(error instanceof UnreadablePicture)) throw error;
      firstReason ||= `${picture.name}: ${error.message}`;
    }
  }
  throw new DataError(
    `${labelled}: none of ${pictures.length} pictures can be read, the first is ${firstReason}`,
  );
}

/**
 * Returns the shape of all packed pictures: as configured, otherwise that of the first readable picture.
 * @throws DataError when no picture is readable, or the first one's sides are out of bounds and not configured
 */
export async function chooseShape(
  config: ImageConfig,
  pictures: readonly Picture[],
  fields: DataFields,
): Promise<ImageShape> {
  const { width, height, colour } = config;
  if (width && height && colour) return { height, width, channels: CHANNELS[colour] };
  const { shape: first, name } = await firstReadable(pictures, fields);
  const shape: ImageShape = {
    height: height ?? first.height,
    width: width ?? first.width,
    channels: colour ? CHANNELS[colour] : first.channels,
  };
  const side = [shape.width, shape.height].find((size) => size < SMALLEST || size > LARGEST);
  if (side === undefined) return shape;
  throw new DataError(
    `${fields.image}: the first picture, "${name}", is ${first.width} x ${first.height} pixels, expected sides from ${SMALLEST} to ${LARGEST}: set ${fields.image}.width and ${fields.image}.height`,
  );
}
