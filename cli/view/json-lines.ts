interface Configured {
  readonly progress: { readonly config: object };
}

/**
 * A snapshot as one line of JSON; undefined if it equals the one before.
 * The configuration is in the first line only.
 */
export function jsonLine<Snapshot extends Configured>(
  snapshot: Snapshot,
  previous: Snapshot | undefined,
): string | undefined {
  const { config, ...progress } = snapshot.progress;
  const line = JSON.stringify({ ...snapshot, progress: previous ? progress : { ...progress, config } });
  if (!previous) return line;
  const { config: _, ...before } = previous.progress;
  return line === JSON.stringify({ ...previous, progress: before }) ? undefined : line;
}
