import { basename, resolve } from 'node:path';
import { ConfigurationError } from '../../domain/errors.js';
import type { Drawing, DrawingOptions } from '../augment/drawings/drawing.js';
import { operationsDrawing } from '../augment/drawings/operations.js';
import { plansDrawing } from '../augment/drawings/plans.js';
import { policyDrawing } from '../augment/drawings/policy.js';
import { drawSheet } from '../sheet/draw-sheet.js';
import { expectOut } from '../sheet/expect-out.js';
import { note, print, printJson } from '../streams.js';
import { countOf } from '../view/quantities.js';

export interface AugmentOptions extends DrawingOptions {
  readonly out?: string;
  readonly json?: boolean;
}

/** `apprentice augment IMAGE`: draws augmented samples of a picture, or prints their plans. */
export async function augment(image: string, { out, json, ...options }: AugmentOptions): Promise<void> {
  if (out === undefined && !json) {
    throw new ConfigurationError('--out: received none, expected a file to draw to, or --json');
  }
  if (out !== undefined) {
    await expectOut(out);
    if (resolve(out) === resolve(image))
      throw new ConfigurationError(`--out: received "${out}", expected another file than the picture itself`);
  }
  const { picture, plans, title, remark, rows, facts } = await drawingOf(image, options);
  const { width, height, channels } = picture;
  const shape = `${width} x ${height} ${channels === 1 ? 'gray' : 'colour'}`;
  if (out !== undefined) {
    const below = [basename(image), shape, ...(remark === undefined ? [] : [remark])].join(', ');
    const sheet = await drawSheet({ title, remark: below, rows: await rows() }, out);
    const line = `${out}: ${sheet.width} x ${sheet.height} pixels, ${countOf(plans.length, 'sample')} of ${shape}`;
    if (json) note(line);
    else print(line);
  }
  if (json) printJson({ image, width, height, channels, ...facts, plans });
}

async function drawingOf(image: string, options: DrawingOptions): Promise<Drawing> {
  if (options.plan !== undefined) return plansDrawing(image, options.plan, options);
  if (options.policy !== undefined) return policyDrawing(image, options.policy, options);
  if (options.config === undefined) return operationsDrawing(image, options);
  const { configDrawing } = await import('../augment/drawings/config.js');
  return configDrawing(image, options.config, options);
}
