import type { MeasuredRobustness, RobustnessReport } from '../../domain/methods/robustness.js';
import { percentText } from '../../domain/quantities.js';
import { corruptionErrors } from '../../learning/evaluation/corruption-errors.js';

type Compared = RobustnessReport['models'][number];

/** Computes the errors of all models relative to the first one, the baseline. */
export async function concludeRobustness({
  models,
}: {
  readonly models: readonly MeasuredRobustness[];
}): Promise<Pick<RobustnessReport, 'summary' | 'models'>> {
  const baseline = models[0]!;
  const compared = models.map((model) => ({ ...model, errors: corruptionErrors(model, baseline) }));
  return { models: compared, summary: summaryOf(compared) };
}

function summaryOf([baseline, ...others]: readonly Compared[]): string {
  const own = accuracyText(baseline!);
  if (others.length === 0) return own;
  const best = others.reduce((a, b) => (ceOf(b) < ceOf(a) ? b : a));
  const ce = best.errors.meanCorruptionError;
  const relation = ce === null ? 'the baseline has no errors' : `mCE ${percentText(ce, 1)}`;
  return `${accuracyText(best)}; ${relation}. Baseline: ${own}.`;
}

const ceOf = ({ errors }: Compared) => errors.meanCorruptionError ?? errors.error;

function accuracyText({ reference, clean, errors }: MeasuredRobustness & Pick<Compared, 'errors'>): string {
  return `${reference}: accuracy ${percentText(clean.accuracy, 1)} on clean pictures, ${percentText(1 - errors.error, 1)} on corrupted ones`;
}
