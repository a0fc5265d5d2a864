import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('../../../bench/python/augment.py', import.meta.url));

/** Runs the Python side and returns its rates by name. Prints the reason and returns undefined when it fails. */
export function pythonRates(
  python: string,
  options: readonly string[],
  input?: Buffer,
): Record<string, number> | undefined {
  const { status, stdout, stderr, error } = spawnSync(python, [SCRIPT, ...options], {
    ...(input && { input }),
    encoding: 'utf8',
    timeout: 300_000,
  });
  if (status === 0) return JSON.parse(stdout.trim().split('\n').at(-1)!);
  const why = error?.message ?? stderr.trim().split('\n').at(-1);
  process.stdout.write(`No comparison: ${python} did not run ${SCRIPT}: ${why}\n`);
  return undefined;
}

/** The best rate of each name over several runs, which is the least disturbed one. */
export function best(runs: readonly (Record<string, number> | undefined)[]): Record<string, number> {
  const rates: Record<string, number> = {};
  for (const run of runs) {
    for (const [name, rate] of Object.entries(run ?? {})) rates[name] = Math.max(rate, rates[name] ?? 0);
  }
  return rates;
}
