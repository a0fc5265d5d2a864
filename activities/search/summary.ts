import type { SearchReport } from '../../domain/methods/search.js';
import { percentText } from '../../domain/quantities.js';

const points = (share: number) => `${share >= 0 ? '+' : ''}${(100 * share).toFixed(2)}`;

/** Names the best policy, its gain, and whether the gain may be chance. */
export function summaryOf({
  trials,
  best,
  verdict,
  test,
}: Pick<SearchReport, 'trials' | 'best' | 'verdict' | 'test'>): string {
  const { text, rungs } = trials[best.trial]!;
  const accuracy = `${percentText(rungs.at(-1)!.accuracy)} on validation`;
  const others = `${trials.length - 1} ${trials.length === 2 ? 'policy' : 'policies'}`;
  if (best.trial === 0) return `None of ${others} was better than the base policy: ${accuracy}.`;
  const found = `The best of ${others} is ${text}: ${accuracy}`;
  const sentences = [
    verdict ? `${found}, ${gainOf(verdict)}.` : `${found}; the base policy failed.`,
    ...(test ? [onTest(test)] : []),
  ];
  return sentences.join(' ');
}

function gainOf({ difference, interval, confidence, passes }: NonNullable<SearchReport['verdict']>): string {
  const [least, most] = interval.map(points);
  const between = `${points(difference)} points (${least} to ${most} with ${percentText(confidence, 0)})`;
  const chance = passes ? 'optimistic, as it selected the best' : 'not significantly different from the base';
  return `${between}, ${chance}`;
}

function onTest({ best, base }: NonNullable<SearchReport['test']>): string {
  const gain = base ? `, ${points(best.accuracy - base.accuracy)} points` : '';
  return `On test: ${percentText(best.accuracy)}${gain}.`;
}
