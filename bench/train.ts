/**
 * `npm run bench:train -- [--python PATH] [--seconds 3] [--rounds 2] [--networks conv4,resnet-20] [--batches 32,128]`:
 * training and inference of the same networks with stock tfjs layers, with our engine (eager and compiled), with TensorFlow
 * in Python (eager and tf.function) and with PyTorch (default and channels_last), in images per second of wall time on all
 * cores. All run alternately, in rounds; the better round of each counts.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { type Aim, printResult } from './support/report.js';
import { epochAgainstBareStep } from './train/epoch.js';
import { NETWORKS, type NetworkName } from './train/networks.js';
import { PythonSide, type Timing } from './train/python.js';
import { ours, stock, type Timed } from './train/ways.js';

const NODE_WAYS: Record<string, (network: NetworkName, batch: number, task: Task) => Timed> = {
  'stock tfjs': stock,
  'ours eager': (network, batch, task) => ours(network, batch, task, { eager: true }),
  'ours compiled': (network, batch, task) => ours(network, batch, task, {}),
  'ours bfloat16': (network, batch, task) => ours(network, batch, task, { precision: 'bfloat16' }),
};
const PYTHON_WAYS = ['TF eager', 'tf.function', 'torch', 'torch channels_last'];
type Task = 'train' | 'infer';

const { values } = parseArgs({
  options: {
    python: { type: 'string' },
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '2' },
    networks: { type: 'string', default: Object.keys(NETWORKS).join() },
    batches: { type: 'string', default: '32,128' },
  },
});
const seconds = Number(values.seconds);
const rounds = Number(values.rounds);
/** One process for each library: their native code conflicts in one process. */
const pythonSides = new Map(
  values.python === undefined
    ? []
    : ['TensorFlow', 'PyTorch'].map((library) => [
        library,
        new PythonSide(values.python!, availableParallelism()),
      ]),
);
const sideOf = (way: string) => pythonSides.get(way.startsWith('torch') ? 'PyTorch' : 'TensorFlow');
const withPython = pythonSides.size > 0;
const made = new Map<string, { timed: Timed; first: number }>();

async function timed(key: string, make: () => Timed): Promise<{ timed: Timed; first: number }> {
  const known = made.get(key);
  if (known) return known;
  const timed = make();
  const began = performance.now();
  await timed.once();
  const first = (performance.now() - began) / 1000;
  await timed.once();
  made.set(key, { timed, first });
  return { timed, first };
}

async function nodeRate(way: string, network: NetworkName, batch: number, task: Task): Promise<Timing> {
  const { timed: run, first } = await timed(way, () => NODE_WAYS[way]!(network, batch, task));
  const began = performance.now();
  let steps = 0;
  while (steps === 0 || performance.now() - began < seconds * 1000) {
    await run.once();
    steps++;
  }
  return { rate: (batch * steps * 1000) / (performance.now() - began), first };
}

async function measure(network: NetworkName, batch: number, task: Task): Promise<Record<string, Timing>> {
  const best: Record<string, Timing> = {};
  const keep = (way: string, timing: Timing) => {
    if (timing.rate > (best[way]?.rate ?? 0)) best[way] = timing;
  };
  for (let round = 0; round < rounds; round++) {
    for (const way of Object.keys(NODE_WAYS)) keep(way, await nodeRate(way, network, batch, task));
    for (const way of withPython ? PYTHON_WAYS : []) {
      keep(way, await sideOf(way)!.measure({ way, network, batch, task, seconds }));
    }
  }
  for (const { timed } of made.values()) timed.dispose();
  made.clear();
  return best;
}

const ways = [...Object.keys(NODE_WAYS), ...(withPython ? PYTHON_WAYS : [])];
const table = new Table({ head: ['', ...ways, 'ours / tf.function', 'tracing'], style: { head: [] } });
const figures: Record<string, unknown> = {};
const aims: Aim[] = [];

function aim(name: string, least: number, measured: number): void {
  aims.push({ name, aim: least, measured: Number(measured.toFixed(2)), better: 'higher' });
}

for (const network of values.networks.split(',') as NetworkName[]) {
  for (const batch of values.batches.split(',').map(Number)) {
    for (const task of ['train', 'infer'] as const) {
      const name = `${network}, batch ${batch}, ${task === 'train' ? 'training' : 'inference'}`;
      const timings = await measure(network, batch, task);
      figures[name] = timings;
      const mine = timings['ours compiled']!;
      const times = (way: string) => mine.rate / (timings[way]?.rate ?? Number.NaN);
      const cells = ways.map((way) => timings[way]!.rate.toFixed(0));
      table.push([name, ...cells, times('tf.function').toFixed(2), `${mine.first.toFixed(1)} s`]);
      process.stderr.write(
        `${name}: ${ways.map((way) => `${way} ${timings[way]!.rate.toFixed(0)}`).join(', ')}\n`,
      );
      if (withPython) aim(`${name}: times tf.function`, task === 'train' ? 1.1 : 1.2, times('tf.function'));
      if (task === 'train') aim(`${name}: times stock tfjs`, 4, times('stock tfjs'));
      if (withPython && task === 'train') {
        aim(`${name}: times the faster PyTorch`, 1, Math.min(times('torch'), times('torch channels_last')));
      }
    }
  }
}
for (const side of pythonSides.values()) side.close();
const { bare, whole } = await epochAgainstBareStep(5);
figures['main job'] = { bareStepMs: bare, wholeStepMs: whole };
const over = Number((100 * (whole / bare - 1)).toFixed(1));
aims.push({ name: 'main job: percent over the bare step', aim: 5, measured: over, better: 'lower' });

process.stdout.write(`images per second\n${table.toString()}\n`);
printResult('train', aims, figures);
process.exit(0);
