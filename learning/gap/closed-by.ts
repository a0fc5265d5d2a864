import type { FeatureGap, Gap } from '../../domain/methods/gap.js';

/** Differences that chance alone makes more often are none. */
const BY_CHANCE = 0.05;

/** Which share of each distance is gone, of what lies above the distance without a gap. */
export function closedBy(
  clean: FeatureGap,
  augmented: FeatureGap,
  reference: FeatureGap,
): Gap['features']['closed'] {
  const share = (of: (one: FeatureGap) => number) => {
    const excess = of(clean) - of(reference);
    const isThere = clean.mmdPValue <= BY_CHANCE && excess > 0;
    return isThere ? (of(clean) - of(augmented)) / excess : null;
  };
  return {
    mmd: share(({ mmdSquared }) => mmdSquared),
    frechet: share(({ frechet }) => frechet),
    uncovered: share(({ uncovered }) => uncovered),
  };
}
