import { type GenerationRecord, generationName } from '../../../domain/methods/self-training.js';
import { percentText } from '../../../domain/quantities.js';

/** The result of a generation in a few words. */
export function noteOf({ model, promoted, version }: GenerationRecord): string {
  const accuracy = `${percentText(model.validation.accuracy)} on validation`;
  if (!promoted) return `${accuracy}, not promoted`;
  return version === undefined ? `${accuracy}, the best of this run` : `${accuracy}, version ${version}`;
}

/** Names the best model of a run, its accuracy, and its gain over the teacher. */
export function summaryOf(line: string, records: readonly GenerationRecord[]): string {
  const teacher = records[0]!;
  const best = records.findLast(({ promoted }) => promoted)!;
  const split = best.test && teacher.test ? 'test' : 'validation';
  const accuracyOf = ({ model, test }: GenerationRecord) =>
    (split === 'test' ? test! : model.validation).accuracy;
  const gain = 100 * (accuracyOf(best) - accuracyOf(teacher));
  const points = `${Math.abs(gain).toFixed(2)} points ${gain < 0 ? 'below' : 'above'} its teacher`;
  const name = generationName(best.generation);
  const which = `The best model is ${best.generation === 0 ? `the ${name}` : name}: ${percentText(accuracyOf(best))} on ${split}`;
  const compared = best.generation === 0 ? '' : `, ${points}`;
  const entered =
    best.version === undefined ? `${line} keeps its earlier champion` : `promoted as ${line}@${best.version}`;
  return `${which}${compared}; ${entered}.`;
}
