/**
 * The order in which `apprentice data` prefers files and folders of one kind: those of training first, then labels,
 * then other names, and parts for measuring last.
 */
const ORDER = [
  ['train'],
  ['training'],
  ['labels', 'label', 'labelled', 'labeled', 'annotations'],
  // Any other name.
  [],
  ['unlabelled', 'unlabeled', 'extra'],
  ['val', 'valid', 'validation', 'dev'],
  ['test', 'testing', 't10k'],
  ['submission'],
];
const OTHER = 3;

/** Names of folders that are splits of a data set, not classes, in lower case. */
const SPLITS = new Set(
  [...ORDER.flat()].filter((word) => !/^(labels?|annotations|t10k|submission)$/.test(word)),
);

export function isSplitName(name: string): boolean {
  return SPLITS.has(name.toLowerCase());
}

/** 0 for training; equal for names of equal preference. The last known word of `sample_submission.csv` counts. */
export function preference(name: string): number {
  const words = name.toLowerCase().split(/[^a-z0-9]+/);
  const ranks = words
    .map((word) => ORDER.findIndex((known) => known.includes(word)))
    .filter((rank) => rank >= 0);
  return ranks.length === 0 ? OTHER : words.includes('submission') ? ORDER.length - 1 : ranks[0]!;
}

/** Names by preference, then alphabetically. */
export function trainingFirst(names: readonly string[]): string[] {
  return [...names].sort((a, b) => preference(a) - preference(b) || (a < b ? -1 : a > b ? 1 : 0));
}
