import { jsonText } from '../harmless.js';

interface Configured {
  readonly progress: { readonly config: object };
}

/** Formats a snapshot as a line of JSON; undefined if nothing changed. Only the first line has the configuration. */
export function jsonLine<Snapshot extends Configured>(
  snapshot: Snapshot,
  previous: Snapshot | undefined,
): string | undefined {
  const { config, ...progress } = snapshot.progress;
  const line = jsonText({ ...snapshot, progress: previous ? progress : { ...progress, config } });
  if (!previous) return line;
  const { config: _, ...before } = previous.progress;
  return line === jsonText({ ...previous, progress: before }) ? undefined : line;
}
