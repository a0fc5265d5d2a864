import { countText } from '../view/quantities.js';

/** Students that are smaller than a teacher they could have: the run would fail at them. */
export function growthProblems(
  generations: ReadonlyArray<{ readonly generation: number; readonly parameters: number }>,
): string[] {
  return generations.flatMap(({ generation, parameters }, index) => {
    const before = generations[index - 1];
    if (!before || parameters >= before.parameters) return [];
    return [
      `models: student ${generation} has ${countText(parameters)} parameters, expected at least the ${countText(before.parameters)} of the generation before it: make it wider or deeper`,
    ];
  });
}
