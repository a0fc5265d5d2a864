/**
 * `npm run bench:learning -- [--seeds 3] [--config examples/clothes.yaml]`: runs the demo's recipe with several seeds,
 * and compares it with the same without augmentation and with supervised training on the same labels.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import type { SelfTrainingConfig } from '../domain/methods/self-training.js';
import { openDataset } from '../learning/datasets/open.js';
import { prepareDataset } from '../learning/datasets/prepare.js';
import type { TrainingOutcome } from '../learning/index.js';
import { runKeys } from '../storage/keys.js';
import { openStore } from '../storage/open-store.js';
import { Loop, type Measured } from './noisy-student.js';
import { clothesConfig } from './support/clothes.js';
import { printResult } from './support/report.js';
import { deviation, mean } from './support/statistics.js';

const AIM_POINTS = 3;
const MAX_WAIT_PERCENT = 2;

/** One seed: another split, other initial weights, other noise. */
async function measureSeed(
  config: SelfTrainingConfig,
  store: ReturnType<typeof openStore>,
): Promise<Measured[]> {
  const report = (text: string) => process.stderr.write(`\rseed ${config.seed}: ${text}\u001b[K`);
  const dataset = await prepareDataset({
    data: config.data,
    seed: config.seed,
    store,
    keys: runKeys(`seed-${config.seed}`),
    onProgress: (done, total) => report(`image ${done} of ${total}`),
    signal: new AbortController().signal,
  });
  const loop = new Loop(config, await openDataset(dataset, store), dataset.classes, report);
  const measured = [...(await loop.run()), await loop.withoutAugmentation(), await loop.supervised()];
  process.stderr.write('\r\u001b[K');
  return measured;
}

const percent = (values: readonly number[]) =>
  `${(100 * mean(values)).toFixed(2)} ± ${(100 * deviation(values)).toFixed(2)}`;

function row(models: readonly Measured[]): string[] {
  const first = models[0]!;
  return [
    first.name,
    first.outcome.parameters.toLocaleString('en'),
    percent(models.map((model) => model.test.accuracy)),
    percent(models.map((model) => model.outcome.validation.accuracy)),
    mean(models.map((model) => model.test.calibrationError)).toFixed(3),
    `${mean(models.map((model) => model.outcome.seconds)).toFixed(0)} s`,
  ];
}

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '3' }, config: { type: 'string' } },
});
const config = await clothesConfig(values.config);
const folder = await mkdtemp(join(tmpdir(), 'apprentice-bench-'));
try {
  const store = openStore(folder);
  const bySeed: Measured[][] = [];
  for (let seed = 0; seed < Number(values.seeds); seed++) {
    bySeed.push(await measureSeed({ ...config, seed }, store));
    for (const { name, test } of bySeed.at(-1)!) {
      process.stdout.write(`seed ${seed}  ${name.padEnd(28)} test ${(100 * test.accuracy).toFixed(2)} %\n`);
    }
  }
  const byModel = bySeed[0]!.map((_, index) => bySeed.map((models) => models[index]!));
  const table = new Table({
    head: ['model', 'parameters', 'test %', 'validation %', 'ECE', 'training'],
    style: { head: [], border: [] },
  });
  for (const models of byModel) table.push(row(models));
  process.stdout.write(`\n${table.toString()}\n`);

  const points = (models: readonly Measured[]) => 100 * mean(models.map((model) => model.test.accuracy));
  const last = byModel[config.generations]!;
  const gain = points(last) - points(byModel[0]!);
  const outcomes = byModel.flat().map(({ outcome }) => outcome);
  const seconds = (of: (outcome: TrainingOutcome) => number) =>
    outcomes.reduce((sum, one) => sum + of(one), 0);
  const waited = seconds((outcome) => outcome.waitedSeconds) / seconds((outcome) => outcome.seconds);
  printResult(
    'learning',
    [
      {
        name: 'last student over teacher, points of test accuracy',
        aim: AIM_POINTS,
        measured: Number(gain.toFixed(2)),
        better: 'higher',
      },
      {
        name: 'waiting for augmented images, percent of training time',
        aim: MAX_WAIT_PERCENT,
        measured: Number((100 * waited).toFixed(2)),
        better: 'lower',
      },
    ],
    {
      seeds: bySeed.length,
      models: byModel.map((models) => ({
        name: models[0]!.name,
        parameters: models[0]!.outcome.parameters,
        testAccuracy: models.map((model) => model.test.accuracy),
        calibrationError: models.map((model) => model.test.calibrationError),
        seconds: models.map((model) => model.outcome.seconds),
      })),
    },
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}
