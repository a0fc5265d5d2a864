import { keyedRandom } from '../../../domain/random.js';
import { drawPlan } from '../../../learning/augmentation/policies/draw-plan.js';
import { openPicture } from '../open-picture.js';
import { policyOfOptions, policyText } from '../policy-options.js';
import { samples } from '../samples.js';
import {
  type Drawing,
  type DrawingOptions,
  expectRoom,
  OF_CONFIG,
  refuseOptions,
  SAMPLES,
} from './drawing.js';

/** Samples of a policy without a configuration. */
export async function policyDrawing(image: string, name: string, options: DrawingOptions): Promise<Drawing> {
  refuseOptions(options, OF_CONFIG, '--config');
  const policy = policyOfOptions({ ...options, policy: name });
  const { samples: count = SAMPLES, seed = 0 } = options;
  const picture = await openPicture(image, options.size);
  expectRoom(count, picture);
  const plans = Array.from({ length: count }, (_, sample) =>
    drawPlan({ policy }, picture, keyedRandom(seed, 'augment', sample)),
  );
  return {
    picture,
    plans,
    title: policyText(policy),
    remark: `seed ${seed}`,
    facts: { policy, seed },
    rows: () => samples(plans, picture),
  };
}
