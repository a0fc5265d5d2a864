/** What an iterable gives, until the signal: then at once, though it may be waiting for an answer that takes long. */
export async function* untilAborted<T>(source: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]();
  const aborted = new Promise<undefined>((resolve) => {
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  for (;;) {
    const next = iterator.next();
    // After the signal nobody hears of it.
    next.catch(() => undefined);
    const result = await Promise.race([next, aborted]);
    if (!result || result.done) return;
    yield result.value;
  }
}
