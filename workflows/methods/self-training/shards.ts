/** Each shard leaves about six events in a history, which ends at 50 thousand. */
const MOST_SHARDS = 1000;
/** How many shards are labelled at once: a message to the server holds no more than some hundred activities. */
export const AT_ONCE = 64;
/** Each report leaves about eight events in two histories. */
const MOST_REPORTS = 20;

export interface Shard {
  readonly first: number;
  readonly images: number;
}

/** Cuts images into ranges of the wanted size, or larger ones where there would be too many. */
export function shardsOf(images: number, wantedSize: number): Shard[] {
  const size = Math.max(wantedSize, Math.ceil(images / MOST_SHARDS));
  return Array.from({ length: Math.ceil(images / size) }, (_, index) => ({
    first: index * size,
    images: Math.min(size, images - index * size),
  }));
}

/** Whether to report that so many shards are done. */
export function shouldReport(done: number, of: number): boolean {
  const reports = Math.min(of, MOST_REPORTS);
  return Math.floor((done * reports) / of) > Math.floor(((done - 1) * reports) / of);
}
