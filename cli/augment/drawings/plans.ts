import { basename } from 'node:path';
import { ConfigurationError } from '../../../domain/errors.js';
import { openPicture } from '../open-picture.js';
import { samples } from '../samples.js';
import { readPlans } from '../stored-plans.js';
import { type Drawing, type DrawingOptions, expectRoom, OF_CONFIG, refuseOptions } from './drawing.js';

/** Stored plans, applied again. */
export async function plansDrawing(image: string, file: string, options: DrawingOptions): Promise<Drawing> {
  refuseOptions(options, OF_CONFIG, '--config');
  const { plans, size, fit } = await readPlans(file);
  const { size: wanted } = options;
  if (size && wanted && (size.width !== wanted.width || size.height !== wanted.height)) {
    throw new ConfigurationError(
      `--size: received ${wanted.width}x${wanted.height}, expected ${size.width}x${size.height}, the size of the plans of "${file}"`,
    );
  }
  const picture = await openPicture(image, { ...(size ?? wanted), fit });
  expectRoom(plans.length, picture);
  // Now, not on demand: plans that don't fit the picture must not be printed either.
  const rows = await samples(plans, picture);
  return { picture, plans, title: `Plans of ${basename(file)}`, rows: async () => rows, facts: { fit } };
}
