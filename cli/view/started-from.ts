import type { MethodReport } from '../../domain/methods.js';

const SHOWN = 12;

/** Which models the names stood for, a line for each. */
export function startedFromLines({ startedFrom = [] }: Pick<MethodReport, 'startedFrom'>): string[] {
  return startedFrom.map(({ reference, name, weightsHash }) => {
    const which = reference === name ? name : `${name}, as ${reference} was then`;
    return `With ${which} (weights ${weightsHash.slice(0, SHOWN)}).`;
  });
}
