import { countText } from '../../domain/quantities.js';

/** The size of a generation's network, and the field of the configuration that names it. */
export interface SizedGeneration {
  readonly generation: number;
  readonly field: string;
  readonly parameters: number;
}

/** Returns a message for each student that is smaller than the generation before it: the run would fail there. */
export function growthProblems(generations: readonly SizedGeneration[]): string[] {
  return generations.flatMap(({ generation, field, parameters }, index) => {
    const before = generations[index - 1];
    if (!before || parameters >= before.parameters) return [];
    return [
      `${field}: student ${generation} has ${countText(parameters)} parameters, expected at least the ${countText(before.parameters)} of the generation before it (${before.field}): make it wider or deeper`,
    ];
  });
}
