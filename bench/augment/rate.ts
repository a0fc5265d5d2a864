/**
 * Items per second of CPU time, over all threads of this process.
 * @param pass processes `items` items; its argument counts the calls
 */
export async function rateOf(
  items: number,
  seconds: number,
  pass: (epoch: number) => void | Promise<void>,
): Promise<number> {
  // Warm-up for the JIT compiler.
  for (let epoch = 0, end = performance.now() + 500 * seconds; performance.now() < end; epoch++) {
    await pass(epoch);
  }
  const start = process.cpuUsage();
  const end = performance.now() + seconds * 1000;
  let done = 0;
  for (let epoch = 1000; performance.now() < end; epoch++, done += items) await pass(epoch);
  const { user, system } = process.cpuUsage(start);
  return Math.round((1e6 * done) / (user + system));
}
