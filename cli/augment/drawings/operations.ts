import { openPicture } from '../open-picture.js';
import { operationsOf } from '../policy-options.js';
import { showcase } from '../showcase.js';
import { type Drawing, type DrawingOptions, expectRoom, OF_CONFIG, refuseOptions } from './drawing.js';

const MOST_IN_ROW = 7;

/** Each operation at several magnitudes. */
export async function operationsDrawing(image: string, options: DrawingOptions): Promise<Drawing> {
  refuseOptions(options, ['numOps', 'magnitude'], '--policy');
  refuseOptions(options, ['samples'], '--policy or --config');
  refuseOptions(options, OF_CONFIG, '--config');
  const names = operationsOf(options.operations);
  const picture = await openPicture(image, options.size);
  expectRoom(names.length * MOST_IN_ROW, picture);
  const { rows, plans } = showcase(names, picture, options.seed ?? 0);
  return { picture, plans, title: 'Operations and their magnitudes', rows: async () => rows };
}
