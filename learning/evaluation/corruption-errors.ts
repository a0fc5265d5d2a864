import type { CorruptionName } from '../../domain/corruption.js';
import type { CorruptionErrors, ModelRobustness } from '../../domain/methods/robustness.js';

/** A corruption that adds less than this to the baseline's clean error is no measure: chance decides the ratio. */
const LEAST_ADDED = 0.005;

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Of what there is; null where there is nothing. */
const meanOf = (values: ReadonlyArray<number | null>): number | null => {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : mean(known);
};

/** Errors by severity under one corruption. */
function errorsUnder(corruption: CorruptionName, { corrupted }: ModelRobustness): number[] {
  return corrupted.filter((one) => one.corruption === corruption).map(({ accuracy }) => 1 - accuracy);
}

/**
 * A model's corruption errors relative to a baseline's, measured on the same pictures: CE, mCE and their relative
 * forms (Hendrycks and Dietterich 2019, section 4.1). Their sums over severities are means here, which does not
 * change a ratio.
 * @throws RangeError when the two weren't measured under the same corruptions and severities
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
    const added = error - (1 - model.clean.accuracy);
    const addedReference = reference - (1 - baseline.clean.accuracy);
    return {
      corruption,
      error,
      corruptionError: reference > 0 ? error / reference : null,
      relativeCorruptionError: addedReference >= LEAST_ADDED ? added / addedReference : null,
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
