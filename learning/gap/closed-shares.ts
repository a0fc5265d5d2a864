import type { FeatureGap, Gap } from '../../domain/methods/gap.js';

/** A gap with a larger p-value is not significant. */
const SIGNIFICANCE = 0.05;

/** Share of a distance that is closed, relative to its excess over the distance without a gap. */
function closedShare(distance: number, remaining: number, withoutGap: number): number | null {
  const excess = distance - withoutGap;
  return excess > 0 ? (distance - remaining) / excess : null;
}

/** Fréchet distances depend on the number of images, which differs between the sets, hence the chance level is subtracted. */
const beyondChance = ({ frechet, frechetByChance }: FeatureGap) => frechet - frechetByChance;

/**
 * Computes the share of each distance that augmentation closes. The distance without a gap is that of the validation
 * images; for Fréchet it is the chance level for the same number of images, because few validation images estimate it
 * far less precisely. Shares are null without a significant gap.
 */
export function closedShares(
  clean: FeatureGap,
  augmented: FeatureGap,
  reference: FeatureGap,
): Gap['features']['closed'] {
  if (clean.mmdPValue > SIGNIFICANCE) return { mmd: null, frechet: null, uncovered: null };
  return {
    mmd: closedShare(clean.mmdSquared, augmented.mmdSquared, reference.mmdSquared),
    frechet: closedShare(beyondChance(clean), beyondChance(augmented), 0),
    uncovered: closedShare(clean.uncovered, augmented.uncovered, reference.uncovered),
  };
}
