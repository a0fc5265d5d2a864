import type { CorruptionName } from '../../domain/corruption.js';
import type { CorruptionErrors, ModelRobustness } from '../../domain/methods/robustness.js';

/** Below this increase of the baseline's clean error, noise dominates the relative corruption error. */
const MIN_INCREASE = 0.005;

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Ignores nulls; null if there is no number. */
const meanOf = (values: ReadonlyArray<number | null>): number | null => {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : mean(known);
};

/** Errors by severity under one corruption. */
function errorsUnder(corruption: CorruptionName, { corrupted }: ModelRobustness): number[] {
  return corrupted.filter((one) => one.corruption === corruption).map(({ accuracy }) => 1 - accuracy);
}

/**
 * Computes a model's corruption errors relative to a baseline measured on the same images: CE, mCE and their
 * relative forms (Hendrycks and Dietterich 2019, section 4.1). Means over severities replace the paper's sums; the
 * ratios are the same.
 * @throws RangeError when the two were measured under different corruptions or severities
 */
export function corruptionErrors(model: ModelRobustness, baseline: ModelRobustness): CorruptionErrors {
  const kindsOf = ({ corrupted }: ModelRobustness) =>
    corrupted
      .map(({ corruption, severity }) => `${corruption} ${severity}`)
      .sort()
      .join(', ');
  if (kindsOf(model) !== kindsOf(baseline)) {
    throw new RangeError(
      `baseline: received one measured under ${kindsOf(baseline) || 'nothing'}, expected ${kindsOf(model) || 'nothing'}`,
    );
  }
  const names = [...new Set(model.corrupted.map(({ corruption }) => corruption))];
  const byCorruption = names.map((corruption) => {
    const error = mean(errorsUnder(corruption, model));
    const reference = mean(errorsUnder(corruption, baseline));
    const increase = error - (1 - model.clean.accuracy);
    const baselineIncrease = reference - (1 - baseline.clean.accuracy);
    return {
      corruption,
      error,
      corruptionError: reference > 0 ? error / reference : null,
      relativeCorruptionError: baselineIncrease >= MIN_INCREASE ? increase / baselineIncrease : null,
    };
  });
  return {
    byCorruption,
    error: mean(byCorruption.map(({ error }) => error)),
    meanCorruptionError: meanOf(byCorruption.map(({ corruptionError }) => corruptionError)),
    relativeMeanCorruptionError: meanOf(
      byCorruption.map(({ relativeCorruptionError }) => relativeCorruptionError),
    ),
  };
}
