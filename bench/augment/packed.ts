import { keyedRandom } from '../../domain/random.js';
import type { Picture } from '../../learning/augmentation/picture.js';
import { applyPlanInto, Workspace } from '../../learning/augmentation/policies/apply.js';
import { type Augmentation, drawPlan } from '../../learning/augmentation/policies/draw-plan.js';
import { rateOf } from './rate.js';

const AUGMENTATION: Augmentation = { crop: { padding: 4 }, flip: 0.5, policy: { kind: 'rand-augment' } };

/** Noisy gradients, whose histograms are neither flat nor a single peak. */
export function slopes(side: number, images: number): Picture[] {
  return Array.from({ length: images }, (_, index) => {
    const random = keyedRandom(index, 'bench');
    const data = Uint8Array.from({ length: side * side * 3 }, (_, at) => {
      const column = Math.floor(at / 3) % side;
      return 60 + (120 * column) / side + 30 * Math.sin(at / (90 * (index + 3))) + 40 * random.uniform();
    });
    return { width: side, height: side, channels: 3, data };
  });
}

/** Images per second on one core, with a plan drawn for each image. */
export function packedRate(sources: readonly Picture[], seconds: number): Promise<number> {
  const workspace = new Workspace();
  const target: Picture = { ...sources[0]!, data: new Uint8Array(sources[0]!.data.length) };
  return rateOf(sources.length, seconds, (epoch) =>
    sources.forEach((source, example) => {
      const plan = drawPlan(AUGMENTATION, source, keyedRandom(1, 'augment', 0, epoch, example));
      applyPlanInto(plan, source, target, workspace);
    }),
  );
}
