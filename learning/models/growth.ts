/** How large a generation's network is, and which field of the configuration names it. */
export interface SizedGeneration {
  readonly generation: number;
  readonly field: string;
  readonly parameters: number;
}

/** Students that are smaller than a teacher they could have: the run would fail at them. */
export function growthProblems(generations: readonly SizedGeneration[]): string[] {
  return generations.flatMap(({ generation, field, parameters }, index) => {
    const before = generations[index - 1];
    if (!before || parameters >= before.parameters) return [];
    return [
      `${field}: student ${generation} has ${parameters.toLocaleString('en')} parameters, expected at least the ${before.parameters.toLocaleString('en')} of the generation before it (${before.field}): make it wider or deeper`,
    ];
  });
}
