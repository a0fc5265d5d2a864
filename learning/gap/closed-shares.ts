import type { FeatureGap, Gap } from '../../domain/methods/gap.js';

/** Differences that chance alone makes more often are none. */
const BY_CHANCE = 0.05;

/** Which share of a distance is gone, of what lies above `none`, the distance without a gap. */
function share(distance: number, left: number, none: number): number | null {
  const excess = distance - none;
  return excess > 0 ? (distance - left) / excess : null;
}

/** A Fréchet distance shrinks with the number of images, and the sets differ in it: what counts is what chance does not make. */
const beyondChance = ({ frechet, frechetByChance }: FeatureGap) => frechet - frechetByChance;

/**
 * Which share of each distance augmentation takes away. Without a gap it is that of the validation images; of Fréchet it
 * is what chance makes of as many images, which few validation images tell far less surely.
 */
export function closedShares(
  clean: FeatureGap,
  augmented: FeatureGap,
  reference: FeatureGap,
): Gap['features']['closed'] {
  if (clean.mmdPValue > BY_CHANCE) return { mmd: null, frechet: null, uncovered: null };
  return {
    mmd: share(clean.mmdSquared, augmented.mmdSquared, reference.mmdSquared),
    frechet: share(beyondChance(clean), beyondChance(augmented), 0),
    uncovered: share(clean.uncovered, augmented.uncovered, reference.uncovered),
  };
}
