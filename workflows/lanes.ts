/**
 * Does work for each item in turn, for so many at once; when one fails, begins no more and waits for those that are under way.
 * @param mayBegin asked before each item but the first of a lane: at least one is always done
 * @throws what the first failed with
 */
export async function inLanes<Item>(
  items: readonly Item[],
  lanes: number,
  work: (item: Item) => Promise<void>,
  mayBegin: () => boolean = () => true,
): Promise<void> {
  const waiting = [...items];
  let hasFailed = false;
  const lane = async () => {
    for (let first = true; waiting.length > 0 && !hasFailed && (first || mayBegin()); first = false) {
      await work(waiting.shift()!).catch((error) => {
        hasFailed = true;
        throw error;
      });
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(lanes, items.length) }, lane));
  const failure = ended.find((end) => end.status === 'rejected');
  if (failure) throw failure.reason;
}
