import type { FromWorker } from './child-processes.js';

/** Tells the supervisor, if there is one, that this process still saves: it gets its grace time anew. */
export function reportProgress(): void {
  if (process.connected)
    process.send?.({ kind: 'saving' } satisfies FromWorker, undefined, undefined, () => undefined);
}
