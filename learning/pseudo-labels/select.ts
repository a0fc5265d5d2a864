import type { PseudoLabelConfig } from '../../domain/config/pseudo-labels.js';
import { MissingClassError } from '../../domain/errors.js';
import type { PseudoLabelClassCount, PseudoLabelRecord } from '../../domain/pseudo-labels.js';
import { keyedRandom } from '../../domain/random.js';
import { predictedClasses } from '../evaluation/predicted-classes.js';
import { alignDistribution } from './align-distribution.js';
import type { PseudoLabels } from './pseudo-labels.js';
import { selectionCriteria } from './rules.js';

export interface SelectionRequest {
  /** [images, classes] probabilities of the teacher for all unlabelled images. */
  readonly probabilities: Float32Array;
  readonly classes: readonly string[];
  readonly config: PseudoLabelConfig;
  /** Labelled training images of each class; `take-best` takes at most that many. */
  readonly labelsPerClass: readonly number[];
  readonly seed: number;
  readonly generation: number;
}

export interface Selection {
  readonly pseudoLabels: PseudoLabels;
  readonly record: Omit<PseudoLabelRecord, 'key' | 'hash'>;
}

interface Candidate {
  readonly position: number;
  readonly confidence: number;
}

interface ClassSelection extends PseudoLabelClassCount {
  readonly images: readonly Candidate[];
}

/**
 * Groups images by predicted class, the most confident first; ties in order of position.
 * @param targets [images, classes] probabilities that determine the class
 * @param scored [images, classes] probabilities that determine the confidence
 */
function candidatesByClass(targets: Float32Array, scored: Float32Array, classes: number): Candidate[][] {
  const byClass: Candidate[][] = Array.from({ length: classes }, () => []);
  const mostConfident = predictedClasses(scored, classes);
  predictedClasses(targets, classes).forEach((label, position) => {
    const confidence = scored[position * classes + mostConfident[position]!]!;
    byClass[label]!.push({ position, confidence });
  });
  for (const candidates of byClass) {
    candidates.sort((a, b) => b.confidence - a.confidence || a.position - b.position);
  }
  return byClass;
}

/** Training examples per class after balancing; undefined without balancing. */
function wantedPerClass(config: PseudoLabelConfig, confident: readonly number[]): number | undefined {
  if (typeof config.perClass === 'number') return config.perClass;
  if (config.perClass === 'off') return undefined;
  const present = confident.filter((count) => count > 0);
  // Without any confident class there is no size to balance to.
  if (present.length === 0) return undefined;
  if (config.perClass === 'largest') return Math.max(...present);
  return Math.round(present.reduce((sum, count) => sum + count, 0) / present.length);
}

function missingClassImages(
  request: SelectionRequest,
  label: number,
  candidates: readonly Candidate[],
  threshold: number,
) {
  const { classes, config, labelsPerClass } = request;
  if (config.missingClass === 'fail') {
    throw new MissingClassError(
      `pseudo-labels: no image reaches the threshold ${threshold} in class "${classes[label]}" (${candidates.length} images are predicted to be of it): lower pseudoLabels.threshold, give more labels, or set pseudoLabels.missingClass to warn or take-best`,
    );
  }
  return config.missingClass === 'warn' ? [] : candidates.slice(0, labelsPerClass[label]);
}

/** Selects the images of one class: the most confident if there are too many, else all, which are then repeated. */
function selectClass(
  request: SelectionRequest,
  label: number,
  candidates: readonly Candidate[],
  threshold: number,
  wanted: number | undefined,
): ClassSelection {
  const confident = candidates.filter(({ confidence }) => confidence >= threshold);
  const missing = confident.length === 0;
  const pool = missing ? missingClassImages(request, label, candidates, threshold) : confident;
  const images = pool.slice(0, wanted ?? pool.length);
  return {
    className: request.classes[label]!,
    predicted: candidates.length,
    confident: confident.length,
    kept: images.length,
    examples: images.length === 0 ? 0 : (wanted ?? images.length),
    threshold: images.at(-1)?.confidence ?? threshold,
    status: !missing ? 'balanced' : images.length > 0 ? 'taken-below-threshold' : 'missing',
    images,
  };
}

/** Writes one image's target: p^(1/T), renormalised; or one-hot argmax (the first class in a tie). */
function writeTarget(target: Float32Array, row: Float32Array, config: PseudoLabelConfig): void {
  if (config.kind === 'hard') {
    target[predictedClasses(row, row.length)[0]!] = 1;
    return;
  }
  let sum = 0;
  // Dividing by the largest keeps sharpened values from underflowing together.
  const largest = config.temperature < 1 ? row[predictedClasses(row, row.length)[0]!]! : 1;
  row.forEach((probability, label) => {
    target[label] = (probability / largest) ** (1 / config.temperature);
    sum += target[label]!;
  });
  row.forEach((_, label) => {
    target[label]! /= sum;
  });
}

/** Assigns examples to kept images: each image equally often, the remainder drawn without replacement. */
function repeat(kept: number, examples: number, first: number, random: () => Uint32Array): number[] {
  const whole = Math.floor(examples / kept);
  const repeated = Array.from({ length: whole * kept }, (_, index) => first + (index % kept));
  const remainder = examples - repeated.length;
  const extra = remainder > 0 ? [...random().subarray(0, remainder)].map((index) => first + index) : [];
  return [...repeated, ...extra];
}

/**
 * Turns a teacher's predictions into a student's pseudo-labels: applies the rule's thresholds, then balances classes by
 * taking the most confident images of large ones and repeating those of small ones (Xie et al. 2020, section 3.1;
 * with exact counts where the paper's code rounds randomly).
 * @throws MissingClassError when a class has no confident image and `missingClass` is `fail`
 */
export function selectPseudoLabels(request: SelectionRequest): Selection {
  const { probabilities, classes, config, labelsPerClass, seed, generation } = request;
  const scored = config.alignment ? alignDistribution(probabilities, labelsPerClass) : probabilities;
  // SoftMatch aligns the probabilities that set the weight, not the label (Chen et al. 2023, section 3.2).
  const targetProbabilities = config.rule === 'softmatch' ? probabilities : scored;
  const byClass = candidatesByClass(targetProbabilities, scored, classes.length);
  const confidences = byClass.map((images) => images.map(({ confidence }) => confidence));
  const { thresholds, weight } = selectionCriteria({ probabilities: scored, byClass: confidences }, config);
  const confident = confidences.map((all, label) => all.filter((one) => one >= thresholds[label]!).length);
  const wanted = wantedPerClass(config, confident);
  const selections = byClass.map((candidates, label) =>
    selectClass(request, label, candidates, thresholds[label]!, wanted),
  );

  const kept = selections.reduce((sum, selection) => sum + selection.kept, 0);
  const positions = new Uint32Array(kept);
  const targets = new Float32Array(kept * classes.length);
  const weights = weight && new Float32Array(kept);
  const examples: number[] = [];
  let next = 0;
  selections.forEach((selection, label) => {
    if (selection.kept === 0) return;
    const order = () => keyedRandom(seed, 'balance', generation, label).permutation(selection.kept);
    for (const example of repeat(selection.kept, selection.examples, next, order)) examples.push(example);
    for (const { position, confidence } of selection.images) {
      const row = targetProbabilities.subarray(position * classes.length, (position + 1) * classes.length);
      writeTarget(targets.subarray(next * classes.length, (next + 1) * classes.length), row, config);
      if (weights) weights[next] = weight(confidence);
      positions[next++] = position;
    }
  });

  const images = probabilities.length / classes.length;
  return {
    pseudoLabels: {
      kind: config.kind,
      classes: classes.length,
      positions,
      targets,
      examples: Uint32Array.from(examples),
      ...(weights && { weights }),
    },
    record: {
      images,
      kept,
      dropped: images - kept,
      examples: examples.length,
      byClass: selections.map(({ images: _, ...count }) => count),
    },
  };
}
