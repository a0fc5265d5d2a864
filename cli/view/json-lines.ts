import type { RunSnapshot } from '../../client/snapshot.js';

/**
 * A snapshot as one line of JSON; undefined where it is as the one before, which spares readers the repetition.
 * The configuration is in the first line only.
 */
export function jsonLine(snapshot: RunSnapshot, previous: RunSnapshot | undefined): string | undefined {
  const { config, ...progress } = snapshot.progress;
  const line = JSON.stringify({ ...snapshot, progress: previous ? progress : { ...progress, config } });
  if (!previous) return line;
  const { config: _, ...before } = previous.progress;
  return line === JSON.stringify({ ...previous, progress: before }) ? undefined : line;
}
