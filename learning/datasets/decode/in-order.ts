/**
 * Processes several items concurrently and yields the results in the order of the items.
 * @param concurrency number of items in progress at a time
 */
export async function* inOrder<Item, Result>(
  items: Iterable<Item>,
  concurrency: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const inProgress: Promise<Result>[] = [];
  for (const item of items) {
    const result = work(item);
    // Errors are thrown in order; until then they must not count as unhandled rejections.
    result.catch(() => undefined);
    inProgress.push(result);
    if (inProgress.length >= concurrency) yield await inProgress.shift()!;
  }
  for (const result of inProgress) yield await result;
}
