/**
 * Works on items in order, `lanes` of them concurrently. After a failure it starts no more items and waits for those
 * in progress.
 * @param mayBegin checked before each item except the first of a lane, so that at least one item is processed
 * @throws the first failure
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
