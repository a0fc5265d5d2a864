import type { SearchReport } from '../../domain/methods/search.js';

const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
const gain = (share: number) => `${share >= 0 ? '+' : ''}${(100 * share).toFixed(2)}`;

/** One sentence: which policy is best, and by how much. */
export function summaryOf({
  trials,
  best,
  verdict,
  test,
}: Pick<SearchReport, 'trials' | 'best' | 'verdict' | 'test'>): string {
  const { text, rungs } = trials[best.trial]!;
  const accuracy = percent(rungs.at(-1)!.accuracy);
  if (best.trial === 0)
    return `No policy of ${trials.length - 1} was better than the training's own: ${accuracy} on validation.`;
  const onTest =
    test &&
    ` On test, which chose nothing, ${percent(test.best.accuracy)}${test.base ? `, ${gain(test.best.accuracy - test.base.accuracy)} points` : ''}.`;
  if (!verdict)
    return `The best of ${trials.length - 1} policies is ${text}: ${accuracy} on validation; the training's own failed.${onTest ?? ''}`;
  const { interval, confidence, difference } = verdict;
  const between = `${gain(interval[0])} to ${gain(interval[1])} with ${Math.round(100 * confidence)} %`;
  return `The best of ${trials.length - 1} policies is ${text}: ${accuracy} on validation, ${gain(difference)} points (${between}), flattered by the choice.${onTest ?? ''}`;
}
