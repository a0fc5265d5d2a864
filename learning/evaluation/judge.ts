import type { GateConfig } from '../../domain/config/gate.js';
import { percentText } from '../../domain/quantities.js';
import type { Verdict } from '../../domain/records.js';
import { eventLoopYielder } from '../yield-to-event-loop.js';
import { bootstrapInterval } from './bootstrap.js';
import { argmax } from './predicted-classes.js';

/** Values that are compared between two yields to the event loop: a few milliseconds. */
const VALUES_PER_YIELD = 2 ** 20;

export interface JudgeRequest {
  /** [images, classes] probabilities of the current champion on the validation images. */
  readonly champion: Float32Array;
  /** [images, classes] probabilities of the challenger on the same images. */
  readonly challenger: Float32Array;
  readonly labels: Int32Array;
  readonly classes: number;
  /** Number of leading classes that no image has: models are compared among the other classes. */
  readonly unseenClasses?: number;
  readonly gate: GateConfig;
  readonly seed: number;
}

/**
 * Decides whether a challenger beats the champion on the same validation images: the lower end of the paired
 * bootstrap interval of the accuracy difference must reach the margin.
 * @throws RangeError when the predictions don't match the labels, or there are none
 */
export async function judge(request: JudgeRequest): Promise<Verdict> {
  const { champion, challenger, labels, classes, gate, seed } = request;
  const images = labels.length;
  if (champion.length !== images * classes || challenger.length !== images * classes || images === 0) {
    throw new RangeError(
      `predictions: received ${champion.length / classes} of the champion and ${challenger.length / classes} of the challenger, expected ${images}, one for each validation image`,
    );
  }
  const { championHits, challengerHits, both } = await countHits(request);
  const gains = challengerHits - both;
  const losses = championHits - both;
  const difference = (challengerHits - championHits) / images;
  const counts = { losses, ties: images - losses - gains, gains };
  const interval = bootstrapInterval(counts, { ...gate, seed });
  const reaches = interval[0] >= gate.margin;
  // Identical predictions have an interval of width 0, which would reach a margin of 0.
  const passes = reaches && difference > gate.margin;
  const evidence = `${difference >= 0 ? '+' : ''}${percentText(difference)} on ${images} validation images, ${percentText(gate.confidence)} interval ${percentText(interval[0])} to ${percentText(interval[1])}`;
  return {
    passes,
    reason: `${evidence}: its lower end ${reaches ? 'reaches' : 'does not reach'} the margin of ${percentText(gate.margin)}${reaches && !passes ? ', which the difference does not exceed' : ''}`,
    images,
    championAccuracy: championHits / images,
    challengerAccuracy: challengerHits / images,
    difference,
    interval,
    confidence: gate.confidence,
    margin: gate.margin,
  };
}

/** Numbers of images that the models, and both of them, classify correctly. */
async function countHits({ champion, challenger, labels, classes, unseenClasses = 0 }: JudgeRequest) {
  const yieldToEventLoop = eventLoopYielder(undefined);
  const between = Math.max(1, Math.floor(VALUES_PER_YIELD / classes));
  const isHit = (predictions: Float32Array, image: number) => {
    const first = image * classes;
    return argmax(predictions, first + unseenClasses, first + classes) - first === labels[image];
  };
  const hits = { championHits: 0, challengerHits: 0, both: 0 };
  for (let image = 0; image < labels.length; image++) {
    if (image % between === 0) await yieldToEventLoop();
    const [before, after] = [isHit(champion, image), isHit(challenger, image)];
    if (before) hits.championHits++;
    if (after) hits.challengerHits++;
    if (before && after) hits.both++;
  }
  return hits;
}
