/** Yields the values of an iterable until the signal aborts, even while the iterable waits. */
export async function* untilAborted<T>(source: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]();
  const aborted = new Promise<undefined>((resolve) => {
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  for (;;) {
    const next = iterator.next();
    // After the abort, its errors are ignored.
    next.catch(() => undefined);
    const result = await Promise.race([next, aborted]);
    if (!result || result.done) return;
    yield result.value;
  }
}
