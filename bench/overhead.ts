/**
 * `npm run bench:overhead`: the demo's run through Temporal and workers, its wall time less the time inside
 * training, and the peak memory of each kind of process.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Apprentice } from '../client/index.js';
import { up } from '../worker/up.js';
import { clothesConfig } from './support/clothes.js';
import { ProcessMemory } from './support/process-memory.js';
import { printResult } from './support/report.js';

const AIM_SHARE = 0.05;

const { values } = parseArgs({ options: { config: { type: 'string' } } });
const config = await clothesConfig(values.config);
const home = await mkdtemp(join(tmpdir(), 'apprentice-bench-'));
const memory = new ProcessMemory();
const { TEMPORAL_ADDRESS: _, ...environment } = process.env;
const running = await up({ home, environment });
try {
  await using apprentice = await Apprentice.connect({ address: running.address, home });
  const started = performance.now();
  const run = await apprentice.start(config);
  const report = await run.result();
  const wall = (performance.now() - started) / 1000;
  const training = report.trainingSeconds;
  const share = (wall - training) / wall;

  process.stdout.write(
    `run ${wall.toFixed(1)} s, of it inside training ${training.toFixed(1)} s: ${(100 * share).toFixed(1)} % outside\n`,
  );
  for (const [role, bytes] of memory.peaks) {
    process.stdout.write(
      `${role.padEnd(20)} ${String(Math.round(bytes / 1e6)).padStart(6)} MB at its peak\n`,
    );
  }
  printResult(
    'overhead',
    [
      {
        name: 'share of the run outside training',
        aim: AIM_SHARE,
        measured: Number(share.toFixed(4)),
        better: 'lower',
      },
    ],
    { wallSeconds: wall, trainingSeconds: training, peakBytes: Object.fromEntries(memory.peaks) },
  );
} finally {
  memory.stop();
  await running.close();
  await rm(home, { recursive: true, force: true });
}
