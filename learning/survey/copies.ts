/** A picture that shares its pixels with others. */
export interface Copy {
  readonly name: string;
  readonly label?: string;
}

export interface Copies {
  /** Number of pictures that could be removed. */
  readonly redundant: number;
  /** Each group has the same pixels. */
  readonly groups: ReadonlyArray<readonly Copy[]>;
  /** The groups whose pictures have different labels: at most one label is right. */
  readonly conflicts: ReadonlyArray<readonly Copy[]>;
}

/** Groups pictures with equal fingerprints, in their order. */
export function findCopies(pictures: ReadonlyArray<Copy & { readonly fingerprint: string }>): Copies {
  const byFingerprint = new Map<string, Copy | Copy[]>();
  for (const { fingerprint, ...picture } of pictures) {
    const known = byFingerprint.get(fingerprint);
    if (known === undefined) byFingerprint.set(fingerprint, picture);
    else if (Array.isArray(known)) known.push(picture);
    else byFingerprint.set(fingerprint, [known, picture]);
  }
  const groups = [...byFingerprint.values()].filter((group) => Array.isArray(group));
  const labelsIn = (group: readonly Copy[]) =>
    new Set(group.flatMap(({ label }) => (label === undefined ? [] : [label])));
  return {
    redundant: groups.reduce((sum, group) => sum + group.length - 1, 0),
    groups,
    conflicts: groups.filter((group) => labelsIn(group).size > 1),
  };
}
