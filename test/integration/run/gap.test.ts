import assert from 'node:assert/strict';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import { saveGap } from '../../../cli/methods/gap/save.js';
import { readChosen, saveChoice } from '../../../cli/methods/label-next/save.js';
import type { MethodConfigInput } from '../../../domain/method-types.js';
import type { GapReport } from '../../../domain/methods/gap.js';
import type { LabelNextReport } from '../../../domain/methods/label-next.js';
import { openStore } from '../../../storage/open-store.js';
import { logsOf, type RunningApprentice, startApprentice } from '../../support/running-apprentice.js';

let running: RunningApprentice;
let near: GapReport;
const storeOf = () => openStore(join(running.home, 'store'));

before(async () => {
  running = await startApprentice();
  const run = await running.apprentice.start({ ...running.config, generations: 0 }, { runId: 'clothes' });
  await run.result().catch(failed);
  near = await gapOf('near');
});
after(() => running.close());

const isCausedBy = (message: RegExp) => (error: Error) => message.test(String(error.cause));

async function failed(error: unknown): Promise<never> {
  throw new Error(await logsOf(running.home), { cause: error });
}

const common = () => ({
  data: running.config.data,
  model: 'few-clothes',
  execution: { heartbeatSeconds: 8 },
});

async function gapOf(runId: string, change: Partial<MethodConfigInput<'gap'>> = {}): Promise<GapReport> {
  const config = { name: 'gap', ...common(), sample: 100, permutations: 99, shown: 12, ...change };
  const method = await running.apprentice.begin('gap', config, { runId });
  return method.result().catch(failed);
}

async function choiceOf(
  runId: string,
  change: Partial<MethodConfigInput<'labelNext'>> = {},
): Promise<LabelNextReport> {
  const config = { name: 'next', ...common(), count: 15, ...change };
  const method = await running.apprentice.begin('labelNext', config, { runId });
  return method.result().catch(failed);
}

/** The unlabelled pictures as negatives, in a folder whose name is no class. */
async function inverted(): Promise<string> {
  const { labelled } = running.config.data as { labelled: { path: string } };
  const root = join(running.home, 'inverted');
  const folder = join(root, 'field');
  await mkdir(folder, { recursive: true });
  for (const kind of await readdir(labelled.path)) {
    for (const picture of (await readdir(join(labelled.path, kind))).slice(20)) {
      const negative = sharp(join(labelled.path, kind, picture)).negate();
      await negative.toFile(join(folder, `${kind}-${basename(picture)}`));
    }
  }
  return root;
}

test('images of the same kind are near, inverted ones far, and named; the report is written with pictures', async () => {
  const far = await gapOf('far', { real: { format: 'class-folders', path: await inverted() } });
  const { clean, reference } = near.gap.features;
  assert.ok(far.gap.features.clean.mmdSquared > 3 * clean.mmdSquared);
  assert.equal(far.gap.features.clean.mmdPValue, 0.01);
  assert.deepEqual(far.gap.features.reference.uncovered, reference.uncovered);
  const brightness = far.gap.statistics.find(({ name }) => name === 'brightness')!;
  assert.ok(
    Math.abs(brightness.training.mean + brightness.real.mean - 255) < 15 && brightness.statistic > 0.5,
  );
  assert.equal(far.gap.real, 100);
  assert.equal(far.gap.leastCovered.length, 12);
  assert.ok(far.gap.leastCovered.every(({ path }) => path.includes('/inverted/field/')));
  assert.ok(far.gap.leastCovered.every(({ nearestPath }) => nearestPath.includes('/train/')));
  assert.match(far.summary, /of the real images and [\d.]+% of the validation images are far/);

  const folder = join(running.home, 'report');
  await saveGap(far, folder, storeOf());
  const files = ['gap.png', 'report.json', 'report.md', 'uncovered.csv', 'uncovered.png'];
  assert.deepEqual((await readdir(folder)).sort(), files);
  for (const name of ['gap.png', 'uncovered.png']) {
    assert.ok((await sharp(join(folder, name)).metadata()).width! > 300, name);
  }
  const list = await readFile(join(folder, 'uncovered.csv'), 'utf8');
  assert.equal(list.trim().split('\n').length, 13);
});

test('killed while it compares, it comes to the same', async () => {
  const config = { name: 'gap', ...common(), sample: 100, permutations: 99, shown: 12 };
  const method = await running.apprentice.begin('gap', config, { runId: 'disturbed' });
  for await (const { steps } of method.follow({ intervalMs: 50, signal: AbortSignal.timeout(90_000) })) {
    if (steps.some(({ activity }) => activity === 'evaluate')) break;
  }
  process.kill(await running.pidOf('trainer-1'), 'SIGKILL');
  const { gap } = (await method.result()) as GapReport;
  assert.deepEqual(gap, near.gap);
});

test('the images to label come as a list, and labels that come back start the next run', async () => {
  const report = await choiceOf('next');
  const store = storeOf();
  const chosen = await readChosen(report, store);
  assert.equal(new Set(chosen.map(({ path }) => path)).size, 15);
  assert.equal(
    report.byClass.reduce((sum, count) => sum + count, 0),
    15,
  );
  const file = join(running.home, 'list', 'next.csv');
  await saveChoice(report, file, store);
  assert.equal((await sharp(join(running.home, 'list', 'next.png')).metadata()).format, 'png');
  const [head, ...rows] = (await readFile(file, 'utf8')).trim().split('\n');
  assert.equal(head, 'path,label,guess,confidence,reason');
  // The folder knows the answer: `…/train/bag/0030.png,,shirt,…`
  const filled = rows.map((row) => row.replace(/^([^,]*\/([^/,]+)\/[^/,]+),,/, '$1,$2,'));
  await writeFile(file, `${[head, ...filled].join('\n')}\n`);
  const data = { ...running.config.data, answers: file };
  const next = await running.apprentice.start(
    { ...running.config, data, generations: 0, name: 'next-clothes' },
    { runId: 'next-run' },
  );
  const { dataset } = await next.result().catch(failed);
  assert.deepEqual(dataset.counts, { labelled: 115, validation: 100, unlabelled: 400 - 215, test: 100 });
  const rest = await choiceOf('rest', { data, count: 20 });
  const after = (await readChosen(rest, store)).map(({ path }) => path);
  assert.ok(chosen.every(({ path }) => !after.includes(path)));
});

test('what does not fit is refused, by the name of its field', async () => {
  const refused = async (runId: string, change: Partial<MethodConfigInput<'labelNext'>>, message: RegExp) => {
    const method = await running.apprentice.begin(
      'labelNext',
      { name: 'next', ...common(), ...change },
      { runId },
    );
    await assert.rejects(method.result(), message);
  };
  await refused(
    'nobody',
    { model: 'nobody' },
    /model: received "nobody", expected a folder with model\.json/,
  );
  await assert.rejects(gapOf('nobodys', { model: 'nobody' }), isCausedBy(/model: received "nobody"/));
  await refused('too-many', { count: 5000 }, /count: received 5000, expected at most 200/);
  const { data } = running.config;
  const small = { ...data, image: { width: 20, height: 20 } };
  await assert.rejects(
    gapOf('small', { data: small }),
    isCausedBy(/model: received few-clothes \(few-clothes@\d+\), which takes 28 x 28/),
  );
  const fill = { fill: [0, 0, 0] };
  await assert.rejects(gapOf('fill', { augmentation: fill }), isCausedBy(/augmentation: .*fill/));
  const all = { ...running.config.data, labelsPerClass: 'all' as const };
  await refused('none', { data: all }, /data\.unlabelled: received no images, .* to choose from/);
  await assert.rejects(
    gapOf('no-real', { data: all }),
    isCausedBy(/data\.unlabelled: received 0 images, .* at least 2 real ones to compare/),
  );
  const one = join(running.home, 'one');
  await mkdir(one);
  const field = join(await inverted(), 'field');
  await copyFile(join(field, (await readdir(field))[0]!), join(one, 'only.png'));
  await assert.rejects(
    gapOf('one-real', { real: { format: 'folder', path: one } }),
    isCausedBy(/real: received 1 images, .* at least 2 real ones to compare/),
  );
});
