import type { GateResult, RunReport } from '../../domain/run.js';

/** Reports whether the model of a run entered its line of the registry, and if not, why. */
export function entryLine({ name, version, reigning, decision }: RunReport & GateResult): string {
  if (version !== undefined) return `Entered the registry as ${name}@${version}.`;
  if (decision && !decision.promote) return `Not entered into ${name}: rejected by ${decision.by}.`;
  return `Not entered into ${name}${reigning ? `: ${reigning.reason}` : '.'}`;
}
