import { z } from 'zod';
import { type ImageFit, imageFit } from '../../domain/config/data.js';
import { DEFAULT_FIT } from '../../domain/config/image-settings.js';
import { pathText } from '../../domain/config/known-keys.js';
import { transformConfig } from '../../domain/config/transforms.js';
import { decodeText } from '../../domain/decode-text.js';
import { ConfigurationError } from '../../domain/errors.js';
import { readRegular } from '../../domain/regular-file.js';
import { OPERATION_NAMES } from '../../learning/augmentation/policies/operations.js';
import type { Plan } from '../../learning/augmentation/policies/plan.js';

const box = z.strictObject({ left: z.int(), top: z.int(), right: z.int(), bottom: z.int() });
const side = z.int().min(1).max(32_767);
const window = { left: z.int(), top: z.int(), width: side, height: side };
const corner = z.tuple([z.number(), z.number()]);
const level = z.number().min(0).max(255);

const plan = z.strictObject({
  transforms: z.array(transformConfig).optional(),
  resizedCrop: z.strictObject(window).optional(),
  crop: z.strictObject({ ...window, mode: z.enum(['constant', 'edge', 'reflect', 'symmetric']) }).optional(),
  flip: z.boolean().default(false),
  operations: z
    .array(
      z.strictObject({
        name: z.enum(OPERATION_NAMES),
        magnitude: z.number().default(0),
        box: box.optional(),
        corners: z.tuple([corner, corner, corner, corner]).optional(),
      }),
    )
    .default([]),
  erase: z.array(box).default([]),
  interpolation: z.enum(['nearest', 'bilinear', 'bicubic']).default('nearest'),
  fill: z.union([level, z.array(level).length(3)]).default(0),
});

const MOST_PLANS = 1000;
const stored = z.object({
  width: side.optional(),
  height: side.optional(),
  channels: z.union([z.literal(1), z.literal(3)]).optional(),
  fit: imageFit.default(DEFAULT_FIT),
  plans: z.array(plan).min(1).max(MOST_PLANS),
});

export interface StoredPlans {
  readonly plans: readonly Plan[];
  /** Size of the picture that the plans were drawn for, if the file has it. */
  readonly size?: { readonly width: number; readonly height: number; readonly channels?: 1 | 3 };
  /** How the picture was fitted to that size. */
  readonly fit: ImageFit;
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(decodeText(await readRegular(path)));
  } catch (error) {
    throw new ConfigurationError(
      `--plan: received "${path}", expected a JSON file of plans, as --json prints them: ${(error as Error).message}`,
      { cause: error },
    );
  }
}

/**
 * Reads the output of `--json`, a list of plans, or a single plan.
 * @throws ConfigurationError that names the first invalid value
 */
export async function readPlans(path: string): Promise<StoredPlans> {
  const read = await readJson(path);
  const isOne = typeof read === 'object' && read !== null && !('plans' in read) && !Array.isArray(read);
  const { data, error } = stored.safeParse(
    Array.isArray(read) ? { plans: read } : isOne ? { plans: [read] } : read,
  );
  if (error) {
    const [issue] = error.issues;
    throw new ConfigurationError(
      `--plan: "${path}" at ${pathText(issue!.path) || 'its top'}: ${issue!.message}; expected plans as --json prints them`,
    );
  }
  const { plans, width, height, channels, fit } = data;
  const size = width !== undefined &&
    height !== undefined && { width, height, ...(channels && { channels }) };
  return { plans: plans as unknown as Plan[], fit, ...(size && { size }) };
}
