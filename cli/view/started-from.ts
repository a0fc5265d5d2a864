import type { RunReport } from '../../domain/run.js';

const SHOWN = 12;

/** The existing models that a run used, a line for each. */
export function startedFromLines({ startedFrom = [] }: Pick<RunReport, 'startedFrom'>): string[] {
  return startedFrom.map(({ reference, name, weightsHash }) => {
    const which = reference === name ? name : `${reference} (at that time ${name})`;
    return `Used ${which}, weights ${weightsHash.slice(0, SHOWN)}.`;
  });
}
