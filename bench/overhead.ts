/**
 * `npm run bench:overhead`: runs the demo through Temporal and workers, and measures the share of the wall time
 * outside of training and the peak memory of each kind of process.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Apprentice } from '../client/index.js';
import { generationFolder } from '../domain/methods/self-training.js';
import { childId } from '../domain/protocol.js';
import { up } from '../worker/up.js';
import { activityTimes } from './support/activity-times.js';
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

  const ids = report.generations.map(({ generation }) => childId(run.runId, generationFolder(generation)));
  const activities = await activityTimes(running.address, [run.runId, ...ids]);
  const inActivities = [...activities.values()].reduce((sum, seconds) => sum + seconds, 0);
  const row = (name: string, seconds: number) =>
    process.stdout.write(
      `${name.padEnd(44)} ${seconds.toFixed(1).padStart(7)} s  ${((100 * seconds) / wall).toFixed(1).padStart(5)} %\n`,
    );
  row('whole run', wall);
  row('inside training', training);
  row('  starting and ending its child processes', (activities.get('trainModel') ?? 0) - training);
  for (const [name, seconds] of activities) if (name !== 'trainModel') row(`activity ${name}`, seconds);
  row('between activities', wall - inActivities);
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
    {
      wallSeconds: wall,
      trainingSeconds: training,
      betweenSteps: wall - inActivities,
      stepSeconds: Object.fromEntries(activities),
      peakBytes: Object.fromEntries(memory.peaks),
    },
  );
} finally {
  memory.stop();
  await running.close();
  await rm(home, { recursive: true, force: true });
}
