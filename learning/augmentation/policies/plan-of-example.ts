import { keyedRandom } from '../../../domain/random.js';
import { type Augmentation, drawPlan } from './draw-plan.js';
import type { Plan } from './plan.js';

/** One use of an example in a training. */
export interface ExampleKey {
  readonly seed: number;
  readonly generation: number;
  /** The training's stream; weak and strong are two views of an unlabelled image. */
  readonly stream: 'labelled' | 'unlabelled' | 'weak' | 'strong';
  readonly epoch: number;
  readonly example: number;
}

/**
 * Returns the augmentation plan of one example of a training, from which the augmented image can be made again. Mixup
 * and CutMix follow it and need the whole batch.
 */
export function planOfExample(
  augmentation: Augmentation,
  size: { readonly width: number; readonly height: number },
  { seed, generation, stream, epoch, example }: ExampleKey,
): Plan {
  return drawPlan(augmentation, size, keyedRandom(seed, 'augment', generation, stream, epoch, example));
}
