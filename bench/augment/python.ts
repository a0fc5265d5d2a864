import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('../../../bench/python/augment.py', import.meta.url));

/** Runs the Python side: rates by name. Nothing, and a line that says why, where it doesn't run. */
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
  process.stdout.write(`Not side by side: ${python} did not run ${SCRIPT}: ${why}\n`);
  return undefined;
}

/** Of several runs, each name's best: what the machine does when it is least disturbed. */
export function best(runs: readonly (Record<string, number> | undefined)[]): Record<string, number> {
  const rates: Record<string, number> = {};
  for (const run of runs) {
    for (const [name, rate] of Object.entries(run ?? {})) rates[name] = Math.max(rate, rates[name] ?? 0);
  }
  return rates;
}
