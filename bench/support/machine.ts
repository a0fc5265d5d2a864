import { availableParallelism, cpus, totalmem } from 'node:os';

/** What a figure was measured on, in a few words. */
export function machineText(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${availableParallelism()} cores of ${model}, ${memory} GiB, Node ${process.versions.node}, ${process.platform} ${process.arch}`;
}
