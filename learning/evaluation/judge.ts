import type { GateConfig } from '../../domain/config/gate.js';
import { percentText } from '../../domain/quantities.js';
import { keyedRandom } from '../../domain/random.js';
import type { Verdict } from '../../domain/records.js';
import { predictedClasses } from './predicted-classes.js';

export interface JudgeRequest {
  /** [images, classes] probabilities of the current champion on the validation images. */
  readonly champion: Float32Array;
  /** [images, classes] probabilities of the challenger on the same images. */
  readonly challenger: Float32Array;
  readonly labels: Int32Array;
  readonly classes: number;
  readonly gate: GateConfig;
  readonly seed: number;
}

/** Percentile bootstrap interval of the mean of paired differences (Efron 1979). */
function bootstrapInterval(differences: Int8Array, gate: GateConfig, seed: number): [number, number] {
  const random = keyedRandom(seed, 'bootstrap');
  const count = differences.length;
  const means = Float64Array.from({ length: gate.resamples }, () => {
    let sum = 0;
    for (let drawn = 0; drawn < count; drawn++) sum += differences[random.integer(count)]!;
    return sum / count;
  }).sort();
  const tail = (1 - gate.confidence) / 2;
  const at = (share: number) =>
    means[Math.min(means.length - 1, Math.max(0, Math.round(share * (means.length - 1))))]!;
  return [at(tail), at(1 - tail)];
}

/**
 * Decides whether a challenger beats the champion on the same validation images: the lower end of the paired
 * bootstrap interval of the accuracy difference must reach the margin.
 * @throws RangeError when the predictions don't match the labels, or there are none
 */
export function judge({ champion, challenger, labels, classes, gate, seed }: JudgeRequest): Verdict {
  const championClasses = predictedClasses(champion, classes);
  const challengerClasses = predictedClasses(challenger, classes);
  const images = labels.length;
  if (championClasses.length !== images || challengerClasses.length !== images || images === 0) {
    throw new RangeError(
      `predictions: received ${championClasses.length} of the champion and ${challengerClasses.length} of the challenger, expected ${images}, one for each validation image`,
    );
  }
  const differences = new Int8Array(images);
  let championHits = 0;
  let challengerHits = 0;
  labels.forEach((label, image) => {
    const before = championClasses[image] === label ? 1 : 0;
    const after = challengerClasses[image] === label ? 1 : 0;
    championHits += before;
    challengerHits += after;
    differences[image] = after - before;
  });
  const difference = (challengerHits - championHits) / images;
  const interval = bootstrapInterval(differences, gate, seed);
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
