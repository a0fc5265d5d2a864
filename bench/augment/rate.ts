/**
 * Things a second of processor time, of all threads of this process.
 * @param pass does `things` of them; the argument counts the calls
 */
export async function rateOf(
  things: number,
  seconds: number,
  pass: (epoch: number) => void | Promise<void>,
): Promise<number> {
  // The compilers' time is not a long run's.
  for (let epoch = 0, end = performance.now() + 500 * seconds; performance.now() < end; epoch++) {
    await pass(epoch);
  }
  const start = process.cpuUsage();
  const end = performance.now() + seconds * 1000;
  let done = 0;
  for (let epoch = 1000; performance.now() < end; epoch++, done += things) await pass(epoch);
  const { user, system } = process.cpuUsage(start);
  return Math.round((1e6 * done) / (user + system));
}
