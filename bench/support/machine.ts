import { availableParallelism, cpus, totalmem } from 'node:os';

/** Describes this machine for the results of a bench. */
export function machineText(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${availableParallelism()} cores of ${model}, ${memory} GiB, Node ${process.versions.node}, ${process.platform} ${process.arch}`;
}
