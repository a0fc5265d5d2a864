import type { MeasuredTasks } from '../../activities/methods/extend-contract.js';
import type { ExtensionResult } from '../../domain/methods/extend.js';

const percent = (share: number) => `${(100 * share).toFixed(1)}%`;

/** What came of learning more classes, in a sentence: on test images where there are some, else on validation. */
export function extensionSummary(
  results: readonly ExtensionResult[],
  before: MeasuredTasks | undefined,
): string {
  const resultOf = (wanted: ExtensionResult['name']) => {
    const result = results.find(({ name }) => name === wanted);
    return result && (result.test ?? result.validation);
  };
  const retention = resultOf('retention')!;
  const learnt = `${percent(retention.new.within)} on the new classes`;
  const old = before?.test.old ?? before?.validation.old;
  if (!retention.old || !old)
    return `${learnt}; what is forgotten was not measured, since old has no pictures`;
  const kept = `${percent(retention.old.within)} on the old ones, after ${percent(old.within)} before`;
  const forgetting = resultOf('fine-tuning')?.forgetting;
  const compared = forgetting && `; plain fine-tuning forgets ${(100 * forgetting.within).toFixed(1)} points`;
  return `${learnt}, ${kept}${compared ?? ''}`;
}
