import { keyedRandom } from '../../../domain/random.js';
import type { SplitName } from '../../../domain/records.js';
import { type Budget, expectBudget } from '../budget.js';
import type { DataFields } from '../data-fields.js';
import type { Part } from '../parts.js';
import { type ImageLabel, placeLabels } from './place-labels.js';

export interface Split {
  /** Ascending positions among all packed images. */
  readonly positions: Readonly<Record<SplitName, readonly number[]>>;
  /** Images that no split has: another image of the same pixels is in one of the first three. */
  readonly copies: readonly number[];
  /** Images of the labelled part whose labels contradict those of equal images: they are unlabelled. */
  readonly contradictory: readonly number[];
  /** Labelled images whose labels come from `data.answers`, with their classes; absent if there are none. */
  readonly answers?: ReadonlyArray<readonly [image: number, label: number]>;
}

export interface SplitRequest {
  readonly data: Budget;
  readonly seed: number;
  readonly classes: readonly string[];
  /** Number of images of each part; the parts are packed in the order labelled, unlabelled, test. */
  readonly parts: Readonly<Record<Part, number>>;
  /** Class of each image, -1 for none. */
  readonly labels: Int32Array;
  /** Equal for images with equal pixels. */
  readonly fingerprints: readonly string[];
  /** Labels from label files, for images of the labelled or unlabelled part. */
  readonly newLabels?: readonly ImageLabel[];
  readonly fields: DataFields;
}

/**
 * Images of each class that may keep their label, in the order in which the budget takes them. The order depends only
 * on seed and pixels, not on file names or other pictures. Each pixel content occurs once, and not at all if its
 * labels contradict each other.
 */
function candidatesByClass(
  request: SplitRequest,
  taken: ReadonlySet<string>,
): { readonly byClass: number[][]; readonly contradictory: ReadonlySet<string> } {
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
  const inOrder = byClass.map((candidates) =>
    candidates
      .sort((a, b) => a.rank - b.rank || (a.fingerprint < b.fingerprint ? -1 : 1))
      .map(({ image }) => image),
  );
  return { byClass: inOrder, contradictory };
}

/**
 * Draws the split: validation and labelled images from each class of the labelled source by the budget; its other
 * images join the unlabelled ones. Equal pixels are never in two splits: test keeps all of its images, validation and
 * labelled come next, and copies in later splits are left out and counted.
 * Validation doesn't depend on `labelsPerClass`, and a smaller labelled set is a part of a larger one.
 * New labels move their images from the unlabelled split to the labelled one and drop copies of them; nothing else
 * moves.
 * @throws DataError when a class is too small for its budget, or a new label contradicts another label
 */
export function drawSplit(request: SplitRequest): Split {
  const { data, classes, parts, labels, fingerprints, newLabels = [], fields } = request;
  const images = fingerprints.length;
  const firstTest = images - parts.test;
  const test = Array.from({ length: parts.test }, (_, index) => firstTest + index);
  const taken = new Set(test.map((image) => fingerprints[image]!));

  const { byClass, contradictory } = candidatesByClass(request, taken);
  const counts = byClass.map(({ length }) => length);
  const which = ` that can be read and are neither copies of others nor in ${fields.test}`;
  expectBudget(data, classes, counts, fields, which);
  const { validationPerClass, labelsPerClass } = data;
  const end = labelsPerClass === 'all' ? undefined : validationPerClass + labelsPerClass;
  const validation = byClass.flatMap((candidates) => candidates.slice(0, validationPerClass));
  const labelled = byClass.flatMap((candidates) => candidates.slice(validationPerClass, end));

  const chosen = new Set([...validation, ...labelled]);
  const known = new Map([...test, ...chosen].map((image) => [fingerprints[image]!, labels[image]!]));
  const answers = placeLabels(newLabels, known, fingerprints, fields.answers);
  for (const [image] of answers) {
    chosen.add(image);
    labelled.push(image);
  }
  for (const image of chosen) taken.add(fingerprints[image]!);
  const unlabelled: number[] = [];
  const copies: number[] = [];
  for (let image = 0; image < firstTest; image++)
    if (!taken.has(fingerprints[image]!)) unlabelled.push(image);
    else if (!chosen.has(image)) copies.push(image);

  const ascending = (positions: number[]) => positions.sort((a, b) => a - b);
  return {
    positions: { labelled: ascending(labelled), validation: ascending(validation), unlabelled, test },
    copies,
    contradictory: unlabelled.filter(
      (image) => image < parts.labelled && labels[image] !== -1 && contradictory.has(fingerprints[image]!),
    ),
    ...(answers.length > 0 && { answers }),
  };
}
