import { CASES_PER_WORLD, caseText, drawCase } from './case.js';
import { canMount } from './disk.js';
import { type CaseResult, runCase } from './run-case.js';
import { UndisturbedRuns } from './undisturbed.js';
import { World } from './world.js';

export interface CampaignOptions {
  readonly seed: number;
  /** Numbers of cases, in order. */
  readonly numbers: Iterable<number>;
  /** No case begins after it; milliseconds since 1970. */
  readonly until: number;
  /** Ends the world at once. */
  readonly signal?: AbortSignal;
  readonly say: (line: string) => void;
  /** Called after each case. */
  readonly between?: (number: number) => Promise<void>;
}

/** Runs cases one after another; a world serves {@link CASES_PER_WORLD} of them, and ends when a promise is broken. */
export async function runCampaign({
  seed,
  numbers,
  until,
  signal,
  say,
  between,
}: CampaignOptions): Promise<CaseResult[]> {
  const runs = new UndisturbedRuns();
  const results: CaseResult[] = [];
  const hasDisk = canMount();
  let current: { readonly world: World; readonly place: number } | undefined;
  signal?.addEventListener('abort', () => void current?.world.end());
  try {
    for (const number of numbers) {
      if (Date.now() > until || signal?.aborted) break;
      const drawn = drawCase(seed, number, hasDisk);
      const place = Math.floor(number / CASES_PER_WORLD);
      if (current?.place !== place) {
        await current?.world.end();
        current = undefined;
        current = { world: await World.begin(drawn.world), place };
      }
      const result = await runCase(drawn, current.world, runs);
      results.push(result);
      say(resultText(result));
      if (result.broken.length > 0) {
        say(`  kept: ${await current.world.keep()}`);
        current = undefined;
      }
      await between?.(number);
    }
  } finally {
    await current?.world.end();
  }
  return results;
}

function resultText({ case: drawn, struck, outcome, broken, seconds }: CaseResult): string {
  const head = `${broken.length > 0 ? 'BROKEN' : 'held'}  ${caseText(drawn)}`;
  const did = struck.map((text) => text ?? 'nothing to disturb').join(', ');
  return [
    `${head}`,
    `  ${did}: ${outcome} after ${seconds.toFixed(1)} s`,
    ...broken.map((text) => `  ${text}`),
  ].join('\n');
}
