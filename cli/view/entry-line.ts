import type { Entry, MethodReport } from '../../domain/methods.js';

/** Whether a method's model has entered its line of the registry, and if not, why. */
export function entryLine({ name, version, verdict, model }: MethodReport & Entry): string {
  const entered = version ?? model?.version;
  if (entered !== undefined) return `Entered the registry as ${name}@${entered}.`;
  return `Not entered into ${name}${verdict ? `: ${verdict.reason}` : '.'}`;
}
