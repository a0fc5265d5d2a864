import { keyedRandom } from '../../../domain/random.js';
import type { SplitName } from '../../../domain/records.js';
import { type Budget, expectBudget } from '../budget.js';
import type { Part } from '../parts.js';
import { type AnsweredImage, placeAnswers } from './place-answers.js';

/** Which images of a packed data set are in which split, ascending. */
export interface Split {
  readonly positions: Readonly<Record<SplitName, readonly number[]>>;
  readonly duplicatesAcrossSplits: number;
  /** Labelled images whose labels are people's answers, and the class of each; absent where there are none. */
  readonly answers?: ReadonlyArray<readonly [image: number, label: number]>;
}

export interface SplitRequest {
  readonly data: Budget;
  readonly seed: number;
  readonly classes: readonly string[];
  /** Images of each part; they follow each other as labelled, unlabelled, test. */
  readonly parts: Readonly<Record<Part, number>>;
  /** Class of each image, -1 for none. */
  readonly labels: Int32Array;
  /** Equal for images with equal pixels. */
  readonly fingerprints: readonly string[];
  /** Labels that people have given images of the labelled or unlabelled part. */
  readonly answers?: readonly AnsweredImage[];
}

/**
 * Images of each class that may carry a label, in the order in which the budgets take them. The order
 * depends on seed and pixels only, so a picture's fate doesn't hang on its name or on what else is there.
 * Each pixel content is there once, and not at all if its labels contradict each other.
 */
function candidatesByClass(request: SplitRequest, taken: ReadonlySet<string>): number[][] {
  const { seed, classes, parts, labels, fingerprints } = request;
  const firsts = new Map<string, number>();
  const contradictory = new Set<string>();
  for (let image = 0; image < parts.labelled; image++) {
    const fingerprint = fingerprints[image]!;
    if (labels[image] === -1 || taken.has(fingerprint)) continue;
    const first = firsts.get(fingerprint);
    if (first === undefined) firsts.set(fingerprint, image);
    else if (labels[first] !== labels[image]) contradictory.add(fingerprint);
  }
  const byClass: { image: number; rank: number; fingerprint: string }[][] = classes.map(() => []);
  const random = keyedRandom(seed, 'split');
  for (const [fingerprint, image] of firsts) {
    if (contradictory.has(fingerprint)) continue;
    byClass[labels[image]!]!.push({ image, rank: random.fork(fingerprint).word(), fingerprint });
  }
  return byClass.map((candidates) =>
    candidates
      .sort((a, b) => a.rank - b.rank || (a.fingerprint < b.fingerprint ? -1 : 1))
      .map(({ image }) => image),
  );
}

/**
 * Draws the split: validation and labelled images from each class of the labelled source by the budget;
 * what is left of it joins the unlabelled. Equal pixels are never in two splits: the test set keeps its
 * images whole, then validation and labelled theirs, and copies elsewhere are left out and counted.
 * Validation doesn't depend on `labelsPerClass`, and a smaller labelled set is a part of a larger one.
 * Answers take their images, and copies of them, out of the unlabelled and into the labelled; nothing else moves.
 * @throws DataError when a class is too small for its budget, or answers contradict a label
 */
export function drawSplit(request: SplitRequest): Split {
  const { data, classes, parts, labels, fingerprints } = request;
  const images = fingerprints.length;
  const firstTest = images - parts.test;
  const test = Array.from({ length: parts.test }, (_, index) => firstTest + index);
  const taken = new Set(test.map((image) => fingerprints[image]!));

  const byClass = candidatesByClass(request, taken);
  const left = ' that can be read and are neither copies of others nor in data.test';
  expectBudget(
    data,
    classes,
    byClass.map(({ length }) => length),
    left,
  );
  const { validationPerClass, labelsPerClass } = data;
  const end = labelsPerClass === 'all' ? undefined : validationPerClass + labelsPerClass;
  const validation = byClass.flatMap((candidates) => candidates.slice(0, validationPerClass));
  const labelled = byClass.flatMap((candidates) => candidates.slice(validationPerClass, end));

  const chosen = new Set([...validation, ...labelled]);
  const known = new Map([...test, ...chosen].map((image) => [fingerprints[image]!, labels[image]!]));
  const answers = placeAnswers(request.answers ?? [], known, fingerprints);
  for (const [image] of answers) chosen.add(image);
  labelled.push(...answers.map(([image]) => image));
  for (const image of chosen) taken.add(fingerprints[image]!);
  const unlabelled: number[] = [];
  for (let image = 0; image < firstTest; image++)
    if (!taken.has(fingerprints[image]!)) unlabelled.push(image);

  const ascending = (positions: number[]) => positions.sort((a, b) => a - b);
  return {
    positions: { labelled: ascending(labelled), validation: ascending(validation), unlabelled, test },
    duplicatesAcrossSplits: images - test.length - chosen.size - unlabelled.length,
    ...(answers.length > 0 && { answers }),
  };
}
