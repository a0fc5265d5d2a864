/**
 * `npm run bench:augment -- [--python PATH] [--seconds 3]`: random crop, flip and RandAugment(2, 9), images a second
 * on one core, side by side with torchvision v2 (PIL images, uint8 tensors, one policy for a whole batch) and with
 * Pillow alone. Without a Python that has them (test/golden/requirements.txt) only our side is measured.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { keyedRandom } from '../domain/random.js';
import type { Picture } from '../learning/augmentation/picture.js';
import { applyPlanInto, Workspace } from '../learning/augmentation/policies/apply.js';
import { drawPlan, type Policy } from '../learning/augmentation/policies/draw-plan.js';
import { type Aim, printResult } from './support/report.js';

const POLICY: Policy = { crop: { padding: 4 }, flip: 0.5, operations: { kind: 'rand-augment' } };
const SIZES = [
  { side: 32, images: 512, ratio: 4 },
  { side: 224, images: 48, ratio: 1.5 },
];
const SCRIPT = fileURLToPath(new URL('../../bench/python/augment.py', import.meta.url));

interface Rates {
  readonly pil: number;
  readonly tensor: number;
  readonly pillow: number;
  readonly wholeBatch: number;
  readonly versions: Readonly<Record<string, string>>;
}

/** Slopes with noise: histograms that are neither flat nor a single peak. */
function pictures(side: number, images: number): Picture[] {
  return Array.from({ length: images }, (_, index) => {
    const random = keyedRandom(index, 'bench');
    const data = Uint8Array.from({ length: side * side * 3 }, (_, at) => {
      const column = Math.floor(at / 3) % side;
      return 60 + (120 * column) / side + 30 * Math.sin(at / (90 * (index + 3))) + 40 * random.uniform();
    });
    return { width: side, height: side, channels: 3, data };
  });
}

/** Images a second of processor time. A plan is drawn for each image. */
function ours(sources: readonly Picture[], seconds: number): number {
  const workspace = new Workspace();
  const target: Picture = { ...sources[0]!, data: new Uint8Array(sources[0]!.data.length) };
  const pass = (epoch: number) =>
    sources.forEach((source, example) => {
      const plan = drawPlan(POLICY, source, keyedRandom(1, 'augment', 0, epoch, example));
      applyPlanInto(plan, source, target, workspace);
    });
  // The compiler's time is not a long run's.
  for (let epoch = 0; epoch < 10; epoch++) pass(epoch);
  const start = process.cpuUsage();
  const end = performance.now() + seconds * 1000;
  let done = 0;
  for (let epoch = 10; performance.now() < end; epoch++, done += sources.length) pass(epoch);
  const { user, system } = process.cpuUsage(start);
  return Math.round((1e6 * done) / (user + system));
}

function theirs(python: string, sources: readonly Picture[], seconds: number): Rates | undefined {
  const { width } = sources[0]!;
  const { status, stdout, stderr, error } = spawnSync(
    python,
    [SCRIPT, String(width), String(sources.length), String(seconds)],
    { input: Buffer.concat(sources.map(({ data }) => data)), encoding: 'utf8', timeout: 300_000 },
  );
  if (status === 0) return JSON.parse(stdout.trim().split('\n').at(-1)!);
  const why = error?.message ?? stderr.trim().split('\n').at(-1);
  process.stdout.write(`Not side by side: ${python} did not run ${SCRIPT}: ${why}\n`);
  return undefined;
}

const { values } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    seconds: { type: 'string', default: '3' },
  },
});
const seconds = Number(values.seconds);
const table = new Table({
  head: ['', 'ours', 'tv PIL', 'tv tensor', 'Pillow', 'tv whole batch', 'ours / tv PIL', 'ours / Pillow'],
  style: { head: [] },
});
const aims: Aim[] = [];
const figures: Record<string, unknown> = {};
for (const { side, images, ratio } of SIZES) {
  const sources = pictures(side, images);
  const rate = ours(sources, seconds);
  const other = theirs(values.python, sources, seconds);
  figures[`${side}x${side}`] = { ours: rate, ...other };
  const times = (rival: number) => Number((rate / rival).toFixed(2));
  if (other) {
    const { pil, tensor, pillow, wholeBatch } = other;
    table.push([`${side}x${side}`, rate, pil, tensor, pillow, wholeBatch, times(pil), times(pillow)]);
    aims.push({
      name: `${side}x${side}: times the faster per-image way of torchvision`,
      aim: ratio,
      measured: times(Math.max(pil, tensor)),
      better: 'higher',
    });
  } else table.push([`${side}x${side}`, rate, '', '', '', '', '', '']);
}
process.stdout.write(
  `RandAugment(2, 9) after crop and flip, images a second of one core\n${table.toString()}\n`,
);
printResult('augment', aims, figures);
