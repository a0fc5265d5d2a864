import { basename } from 'node:path';
import { ConfigurationError } from '../../domain/errors.js';
import { keyedRandom } from '../../domain/random.js';
import type { Picture } from '../../learning/augmentation/picture.js';
import { drawPlan } from '../../learning/augmentation/policies/draw-plan.js';
import type { Plan } from '../../learning/augmentation/policies/plan.js';
import { openPicture, type Size } from '../augment/open-picture.js';
import { operationsOf, policyOfOptions, policyText } from '../augment/policy-options.js';
import { samples } from '../augment/samples.js';
import { showcase } from '../augment/showcase.js';
import { readPlans } from '../augment/stored-plans.js';
import { drawSheet } from '../sheet/draw-sheet.js';
import { expectOut } from '../sheet/expect-out.js';
import type { Row } from '../sheet/sheet.js';
import { note, print, printJson } from '../streams.js';
import { countOf } from '../view/quantities.js';

export interface AugmentOptions {
  readonly out?: string;
  readonly policy?: string;
  readonly operations?: readonly string[] | true;
  readonly plan?: string;
  readonly numOps?: number;
  readonly magnitude?: number;
  readonly samples?: number;
  readonly seed?: number;
  readonly size?: Size;
  readonly json?: boolean;
}

const SAMPLES = 24;

/** What a sheet of one picture shows. */
interface Drawn {
  readonly picture: Picture;
  readonly plans: readonly Plan[];
  readonly title: string;
  readonly rows: () => Promise<readonly Row[]>;
  readonly facts?: object;
}

/** `apprentice augment IMAGE`: draws what augmentation does to a picture, or prints it as data. */
export async function augment(image: string, options: AugmentOptions): Promise<void> {
  const { out, json = false } = options;
  if (out === undefined && !json) {
    throw new ConfigurationError('--out: received none, expected a file to draw to, or --json');
  }
  if (out !== undefined) await expectOut(out);
  const { picture, plans, title, rows, facts } = await drawn(image, options);
  const { width, height, channels } = picture;
  const shape = `${width} x ${height} ${channels === 1 ? 'gray' : 'colour'}`;
  if (out !== undefined) {
    const remark = `${basename(image)}, ${shape}`;
    const sheet = await drawSheet({ title, remark, rows: await rows() }, out);
    const line = `${out}: ${sheet.width} x ${sheet.height} pixels, ${countOf(plans.length, 'sample')} of ${image} (${shape})`;
    if (json) note(line);
    else print(line);
  }
  if (json) printJson({ image, width, height, channels, ...facts, plans });
}

async function drawn(image: string, options: AugmentOptions): Promise<Drawn> {
  if (options.plan !== undefined) return ofPlans(image, options.plan, options);
  return options.policy === undefined
    ? ofOperations(image, options)
    : ofPolicy(image, options.policy, options);
}

function refuseWithout(option: string, given: unknown, needed: string): void {
  if (given !== undefined) {
    throw new ConfigurationError(`${option}: received ${given}, expected it with ${needed} only`);
  }
}

async function ofOperations(image: string, options: AugmentOptions): Promise<Drawn> {
  refuseWithout('--num-ops', options.numOps, '--policy');
  refuseWithout('--magnitude', options.magnitude, '--policy');
  refuseWithout('--samples', options.samples, '--policy');
  const names = operationsOf(options.operations);
  const picture = await openPicture(image, options.size);
  const { rows, plans } = showcase(names, picture, options.seed ?? 0);
  return { picture, plans, title: 'Operations and their magnitudes', rows: async () => rows };
}

async function ofPolicy(image: string, name: string, options: AugmentOptions): Promise<Drawn> {
  const operations = policyOfOptions({ ...options, policy: name });
  const picture = await openPicture(image, options.size);
  const seed = options.seed ?? 0;
  const plans = Array.from({ length: options.samples ?? SAMPLES }, (_, sample) =>
    drawPlan({ operations }, picture, keyedRandom(seed, 'augment', sample)),
  );
  return {
    ...{ picture, plans, title: policyText(operations), facts: { policy: operations, seed } },
    rows: () => samples(plans, picture),
  };
}

async function ofPlans(image: string, file: string, options: AugmentOptions): Promise<Drawn> {
  const { plans, size } = await readPlans(file);
  const picture = await openPicture(image, size ?? options.size);
  if (options.size && (options.size.width !== picture.width || options.size.height !== picture.height)) {
    throw new ConfigurationError(
      `--size: received ${options.size.width}x${options.size.height}, expected ${picture.width}x${picture.height}, for which the plans of "${file}" were drawn`,
    );
  }
  return { picture, plans, title: `Plans of ${basename(file)}`, rows: () => samples(plans, picture) };
}
