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
  let failure: { readonly error: unknown } | undefined;
  const lane = async () => {
    for (let first = true; waiting.length > 0 && !failure && (first || mayBegin()); first = false) {
      await work(waiting.shift()!).catch((error) => {
        failure ??= { error };
      });
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane));
  if (failure) throw failure.error;
}
