import type { MeasuredTasks } from '../../../activities/extend/measure-tasks.js';
import { type ExtensionResult, reportedSplit } from '../../../domain/methods/extend.js';
import { percentText } from '../../../domain/quantities.js';

/** The result of an extension in a sentence. */
export function extensionSummary(
  results: readonly ExtensionResult[],
  before: MeasuredTasks | undefined,
): string {
  const split = reportedSplit(results);
  const resultOf = (wanted: ExtensionResult['name']) => results.find(({ name }) => name === wanted)?.[split];
  const retention = resultOf('retention')!;
  const old = before?.[split].old;
  const { new: learnt, old: kept } = retention;
  if (!kept || !old) {
    const unknown = 'forgetting was not measured, since old has no pictures';
    return `${percentText(learnt.within, 1)} on the new classes where the task is known, ${percentText(learnt.overall, 1)} among all; ${unknown}`;
  }
  const within = `${percentText(learnt.within, 1)} on the new classes and ${percentText(kept.within, 1)} on the old ones, after ${percentText(old.within, 1)} before, where the task is known`;
  const overall = `among all classes ${percentText(learnt.overall, 1)} and ${percentText(kept.overall, 1)}`;
  const forgetting = resultOf('fine-tuning')?.forgetting;
  const compared = forgetting && `; plain fine-tuning forgets ${(100 * forgetting.within).toFixed(1)} points`;
  return `${within}; ${overall}${compared ?? ''}`;
}
