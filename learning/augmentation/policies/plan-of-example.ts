import { keyedRandom } from '../../../domain/random.js';
import { type Augmentation, drawPlan } from './draw-plan.js';
import type { Plan } from './plan.js';

/** An example of a training, each time it is seen. */
export interface ExampleKey {
  readonly seed: number;
  readonly generation: number;
  /** Which of a training's streams it is seen in; weak and strong are two views of an unlabelled image. */
  readonly stream: 'labelled' | 'unlabelled' | 'weak' | 'strong';
  readonly epoch: number;
  readonly example: number;
}

/**
 * What was, or will be, done to one example of a training: with its image the augmented one can be made again,
 * alone. Mixup and CutMix come after it, and take the whole step.
 */
export function planOfExample(
  augmentation: Augmentation,
  size: { readonly width: number; readonly height: number },
  { seed, generation, stream, epoch, example }: ExampleKey,
): Plan {
  return drawPlan(augmentation, size, keyedRandom(seed, 'augment', generation, stream, epoch, example));
}
