/** Each shard adds about six events to the history, which the server limits to 50 thousand. */
const MAX_SHARDS = 1000;
/** Each report adds about eight events to two histories. */
const MAX_REPORTS = 20;

export interface Shard {
  readonly first: number;
  readonly images: number;
}

/** Divides the images into ranges of the wanted size, or larger ones if there would be too many. */
export function shardsOf(images: number, wantedSize: number): Shard[] {
  const size = Math.max(wantedSize, Math.ceil(images / MAX_SHARDS));
  return Array.from({ length: Math.ceil(images / size) }, (_, index) => ({
    first: index * size,
    images: Math.min(size, images - index * size),
  }));
}

/** Whether to report progress now: limits the number of reports. */
export function shouldReport(done: number, of: number): boolean {
  const reports = Math.min(of, MAX_REPORTS);
  return Math.floor((done * reports) / of) > Math.floor(((done - 1) * reports) / of);
}
