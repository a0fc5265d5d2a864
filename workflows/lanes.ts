import { type StartLimit, startLimit } from './start-limit.js';

/** Activities or child workflows of a run that can be in progress at once; more would only wait for trainers. */
export const AT_ONCE = 64;

interface LaneOptions {
  /** Checked before each item except the first of a lane, so that at least one item is processed. */
  readonly mayBegin?: () => boolean;
  /** Shared by lanes within lanes. */
  readonly limit?: StartLimit;
}

/**
 * Works on items in order, `lanes` of them concurrently. After a failure it starts no more items and waits for those
 * in progress. Starts no more items in one workflow task than its message to the server can hold.
 * @throws the first failure
 */
export async function inLanes<Item>(
  items: readonly Item[],
  lanes: number,
  work: (item: Item) => Promise<void>,
  { mayBegin = () => true, limit = startLimit() }: LaneOptions = {},
): Promise<void> {
  const waiting = [...items];
  let failure: { readonly error: unknown } | undefined;
  const lane = async () => {
    for (let first = true; waiting.length > 0 && !failure && (first || mayBegin()); first = false) {
      const item = waiting.shift()!;
      await limit()
        .then(() => (failure ? undefined : work(item)))
        .catch((error) => {
          failure ??= { error };
        });
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane));
  if (failure) throw failure.error;
}
