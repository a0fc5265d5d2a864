import { patched } from '@temporalio/workflow';

/** Each shard leaves about six events in a history, which ends at 50 thousand. */
const MOST_SHARDS = 1000;
/** All at once would be more than one message to the server may hold, and each pause would call all of them off. */
const AT_ONCE = 64;
/** Each telling leaves about eight events in two histories. */
const MOST_TELLINGS = 20;

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

/** How many shards are labelled at once; a generation that began before there was a limit goes on without. */
export function lanesFor(shards: readonly Shard[]): number {
  return shards.length > AT_ONCE && patched('shards-in-lanes') ? AT_ONCE : shards.length;
}

/** Whether so many of the shards being done is worth telling. */
export function shouldTell(done: number, of: number): boolean {
  const tellings = Math.min(of, MOST_TELLINGS);
  return Math.floor((done * tellings) / of) > Math.floor(((done - 1) * tellings) / of);
}
