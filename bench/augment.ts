/**
 * `npm run bench:augment -- [--python PATH] [--seconds 1.5] [--rounds 2]`: images per second on one core, compared with
 * torchvision v2 and Pillow: random crop, flip and RandAugment(2, 9) of images in memory at 32x32 and 224x224, then of JPEG
 * files. Both sides run alternately, and the better round of each counts. Without a Python that has these packages
 * (test/golden/requirements.txt) only our side is measured.
 */
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { jpegRates } from './augment/jpegs.js';
import { packedRate, slopes } from './augment/packed.js';
import { writePhotos } from './augment/photos.js';
import { best, pythonRates } from './augment/python.js';
import { type Aim, printResult } from './support/report.js';

// One core each.
process.env['TF_NUM_INTRAOP_THREADS'] = '1';
process.env['TF_NUM_INTEROP_THREADS'] = '1';

const SIZES = [
  { side: 32, images: 512, aim: 4 },
  { side: 224, images: 48, aim: 1.5 },
];
const PHOTOS = 32;

const { values } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    seconds: { type: 'string', default: '1.5' },
    rounds: { type: 'string', default: '2' },
  },
});
const { python, seconds } = values;
const rounds = Number(values.rounds);
const aims: Aim[] = [];
const figures: Record<string, unknown> = {};

type Rates = Record<string, number>;

/** Runs both sides alternately; returns the best rates of each. */
async function sideBySide(
  ours: () => Promise<Rates>,
  theirs: () => Rates | undefined,
): Promise<[Rates, Rates]> {
  const mine: Rates[] = [];
  const others: (Rates | undefined)[] = [];
  for (let round = 0; round < rounds; round++) {
    mine.push(await ours());
    others.push(theirs());
  }
  return [best(mine), best(others)];
}

/** Prints the rate of each implementation, and its ratio to torchvision's. */
function report(title: string, rates: Rates, rival: number | undefined): void {
  const table = new Table({ head: [title, 'images / s', 'times torchvision'], style: { head: [] } });
  for (const [name, rate] of Object.entries(rates)) {
    table.push([name, rate, rival === undefined ? '' : (rate / rival).toFixed(2)]);
  }
  process.stdout.write(`${table.toString()}\n`);
}

function judge(name: string, aim: number, ours: number, rival: number): void {
  aims.push({ name, aim, measured: Number((ours / rival).toFixed(2)), better: 'higher' });
}

for (const { side, images, aim } of SIZES) {
  const sources = slopes(side, images);
  const input = Buffer.concat(sources.map(({ data }) => data));
  const [ours, theirs] = await sideBySide(
    async () => ({ ours: await packedRate(sources, Number(seconds)) }),
    () => pythonRates(python, ['packed', String(side), String(images), seconds], input),
  );
  const rival = Math.max(theirs['torchvision, PIL images']!, theirs['torchvision, tensors']!) || undefined;
  const title = `${side}x${side}: crop, flip, RandAugment(2, 9)`;
  report(title, { ...ours, ...theirs }, rival);
  figures[`${side}x${side}`] = { ...ours, ...theirs };
  if (rival)
    judge(`${side}x${side}: times the faster per-image pipeline of torchvision`, aim, ours['ours']!, rival);
}

const photos = await writePhotos(PHOTOS);
try {
  const [ours, theirs] = await sideBySide(
    () => jpegRates(photos.files, Number(seconds)),
    () => pythonRates(python, ['jpegs', photos.folder, seconds]),
  );
  const rival = theirs['Pillow decodes, torchvision does the rest'];
  const kilobytes = Math.round(photos.bytes / 1000);
  process.stdout.write(
    `JPEG files of 500x375 and about ${kilobytes} kB: decode, resize to a shorter side of 256, random crop of 224, flip, RandAugment(2, 9)\n`,
  );
  report('from JPEG files', { ...ours, ...theirs }, rival);
  figures['jpegs'] = { kilobytes, ...ours, ...theirs };
  const ourBest = Math.max(...Object.values(ours));
  if (rival)
    judge('from JPEG files: our fastest pipeline, times Pillow with torchvision', 1.5, ourBest, rival);
} finally {
  rmSync(photos.folder, { recursive: true, force: true });
}
printResult('augment', aims, figures);
