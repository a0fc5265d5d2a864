import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type DataConfig, dataConfig } from '../../../../domain/config/data.js';
import { DataError } from '../../../../domain/errors.js';
import type { ImageSet } from '../../../../learning/datasets/image-set.js';
import { readLabelFiles } from '../../../../learning/datasets/label-files/read-label-files.js';
import { openDataset } from '../../../../learning/datasets/open.js';
import { openLabels } from '../../../../learning/datasets/open-labels.js';
import { prepareDataset } from '../../../../learning/datasets/prepare.js';
import { surveyData } from '../../../../learning/datasets/survey.js';
import { openStore } from '../../../../storage/open-store.js';
import { noise, place, placeClasses, temporaryFolder } from '../../../support/picture-files.js';

/** Two classes of 5 labelled pictures (0 to 9 by their pixels), 4 unlabelled (100 to 103), one of test (200). */
async function scene(context: TestContext) {
  const folder = await temporaryFolder(context);
  const data = dataConfig.parse({
    labelled: {
      format: 'class-folders',
      path: await placeClasses(join(folder, 'labelled'), { bag: 5, boot: 5 }),
    },
    unlabelled: { format: 'folder', path: await placeClasses(join(folder, 'loose'), { any: 4 }, 100) },
    test: { format: 'class-folders', path: await placeClasses(join(folder, 'test'), { bag: 1 }, 200) },
    labelsPerClass: 2,
    validationPerClass: 1,
  });
  const store = openStore(join(folder, 'store'));
  let run = 0;
  const prepare = (config: DataConfig) => {
    const name = run++;
    return prepareDataset({
      data: config,
      seed: 1,
      store,
      keys: { split: `runs/${name}/split`, leftOut: `runs/${name}/left-out` },
      onProgress: () => undefined,
      signal: new AbortController().signal,
    });
  };
  let files = 0;
  const withLabels = async (...rows: string[]) => {
    const path = await place(join(folder, `labels-${files++}.csv`), `path,label\n${rows.join('\n')}\n`);
    return { ...data, answers: path };
  };
  return { folder, data, store, prepare, withLabels };
}

function pixelsIn(images: ImageSet): string[] {
  const bytes = images.shape.height * images.shape.width * images.shape.channels;
  return Array.from({ length: images.count }, (_, position) => {
    const target = new Uint8Array(bytes);
    images.copy(position, target, 0);
    return Buffer.from(target).toString('hex');
  });
}

const hex = (number: number) => Buffer.from(noise(number, 64)).toString('hex');

test('pictures in a label file become labelled; validation, test and the other labels stay', async (context) => {
  const { data, store, prepare, withLabels } = await scene(context);
  const before = await openDataset(await prepare(data), store);
  const config = await withLabels('loose/any/1.png,boot', 'loose/any/3.png,', 'loose/any/2.png,bag,');
  await assert.rejects(prepare(config), /can't be read as CSV/);
  const mended = await withLabels('loose/any/1.png,boot', 'loose/any/3.png,', '"loose/any/2.png",bag');
  const record = await prepare(mended);
  const after = await openDataset(record, store);

  for (const split of ['validation', 'test'] as const) {
    assert.deepEqual(pixelsIn(after[split]), pixelsIn(before[split]));
  }
  const labelledBefore = pixelsIn(before.labelled);
  const labelled = pixelsIn(after.labelled);
  assert.deepEqual(
    labelled.filter((pixels) => !labelledBefore.includes(pixels)),
    [hex(101), hex(102)],
  );
  assert.deepEqual(labelled.slice(0, 4), labelledBefore);
  const labels = Array.from({ length: 6 }, (_, position) => after.labelled.label(position));
  assert.deepEqual(labels.slice(4), [1, 0]);
  assert.deepEqual([...(await openLabels(record, store)).labelled], labels);
  const moved = [hex(101), hex(102)];
  assert.deepEqual(
    pixelsIn(after.unlabelled),
    pixelsIn(before.unlabelled).filter((pixels) => !moved.includes(pixels)),
  );
  assert.deepEqual((await surveyData(mended)).counts, record.counts);
});

test('a label file may label pictures beyond the budget, and repeat labels within it', async (context) => {
  const { data, store, prepare, withLabels } = await scene(context);
  const before = await openDataset(await prepare(data), store);
  const bags = Array.from({ length: 5 }, (_, at) => at);
  const record = await prepare(await withLabels(...bags.map((at) => `labelled/bag/${at}.png,bag`)));
  const after = await openDataset(record, store);
  assert.deepEqual(pixelsIn(after.validation), pixelsIn(before.validation));
  assert.equal(after.labelled.count, before.labelled.count + 2);
  assert.equal(after.unlabelled.count, before.unlabelled.count - 2);
  const everything = await prepare({
    ...(await withLabels('labelled/bag/0.png,bag')),
    labelsPerClass: 'all',
  });
  assert.deepEqual(everything.counts, { labelled: 8, validation: 2, unlabelled: 4, test: 1 });
});

test('a label file may contradict the class folder of an unlabelled picture', async (context) => {
  const { prepare, withLabels, folder } = await scene(context);
  const path = await placeClasses(join(folder, 'unlabelled'), { bag: 2, boot: 1 }, 300);
  const config = {
    ...(await withLabels('unlabelled/bag/0.png,boot')),
    unlabelled: { format: 'class-folders' as const, path },
  };
  const { counts } = await prepare(config);
  assert.deepEqual([counts.labelled, counts.unlabelled], [5, 6]);
});

test('labels of several files add up', async (context) => {
  const { prepare, withLabels } = await scene(context);
  const one = await withLabels('loose/any/0.png,bag');
  const two = await withLabels('loose/any/1.png,boot', 'loose/any/0.png,bag');
  const { counts } = await prepare({ ...one, answers: [one.answers, two.answers] });
  assert.equal(counts.labelled, 6);
});

test('wrong rows of a label file are refused with file and line before a picture is read', async (context) => {
  const { prepare, withLabels, folder } = await scene(context);
  const refused = async (config: DataConfig, ...expected: RegExp[]) =>
    assert.rejects(prepare(config), (error: Error) => {
      assert.ok(error instanceof DataError, error.stack);
      for (const pattern of expected) assert.match(error.message, pattern);
      return true;
    });
  await refused(
    await withLabels('loose/any/0.png,bag', 'loose/gone.png,bag', 'test/bag/0.png,bag'),
    /data\.answers: 2 of 3 labels/,
    /line 3 of ".*labels-0\.csv": the picture "loose\/gone\.png" is none of data\.unlabelled/,
    /line 4 of ".*": the picture "test\/bag\/0\.png" is one of data\.test/,
  );
  await refused(
    await withLabels('loose/any/0.png,bags', 'loose/any/1.png,zeppelin'),
    /line 2 .*class "bags" is unknown in data\.labelled; did you mean "bag"\?.*at least 2/,
    /line 3 .*"zeppelin" is unknown in data\.labelled; it has "bag", "boot"/,
  );
  await refused(
    await withLabels('loose/any/0.png,bag', 'loose/any/1.png,boot', 'loose/any/0.png,boot'),
    /line 4 of .*"boot", but "bag" in line 2 of "/,
  );
  await refused(
    await withLabels('labelled/bag/0.png,boot'),
    /line 2 .*"boot", but has "bag" in data\.labelled/,
  );
  await refused(await withLabels('loose/any/0.png,', 'loose/any/1.png,'), /no label in any of its 2 rows/);
  await refused(
    { ...(await withLabels('x,bag')), answers: join(folder, 'none.csv') },
    /data\.answers: .*nothing/,
  );
  const other = await place(join(folder, 'other.csv'), 'picture,label\nx,bag\n');
  await refused(
    { ...(await withLabels('x,bag')), answers: other },
    /no column "path", its header names "picture"/,
  );
});

test('labels of unreadable pictures are refused with the reason', async (context) => {
  const { prepare, withLabels, folder } = await scene(context);
  await place(join(folder, 'loose', 'any', 'empty.png'), '');
  await place(join(folder, 'loose', 'any', 'text.png'), 'no picture');
  const lenient = { maxRejectedShare: 1 };
  const both = await withLabels('loose/any/text.png,bag', 'loose/any/0.png,bag', 'loose/any/empty.png,boot');
  await assert.rejects(prepare({ ...both, ...lenient }), (error: Error) => {
    assert.ok(error instanceof DataError, error.stack);
    assert.match(error.message, /^data\.answers: 2 of 3 labels can't be used: mend the pictures, or remove/);
    assert.match(error.message, /line 4 of ".*labels-0\.csv": .*"loose\/any\/empty\.png" .*: an empty file/);
    assert.match(error.message, /line 2 of ".*": .*text\.png" can't be read: neither JPEG, PNG nor WebP/);
    return true;
  });
  const { counts } = await prepare({ ...(await withLabels('loose/any/0.png,bag')), ...lenient });
  assert.equal(counts.labelled, 5);
});

test('label files that give equal pixels different labels are refused', async (context) => {
  const { prepare, withLabels, folder, store } = await scene(context);
  const copy = (name: string, of: string) =>
    place(join(folder, 'loose', name), readFileSync(join(folder, of)));
  await copy('copy-of-loose.png', 'loose/any/0.png');
  const same = await prepare(await withLabels('loose/any/0.png,bag', 'loose/copy-of-loose.png,bag'));
  assert.deepEqual(same.counts, { labelled: 5, validation: 2, unlabelled: 7, test: 1 });
  assert.equal((await openDataset(same, store)).labelled.label(4), 0);
  await assert.rejects(
    prepare(await withLabels('loose/any/0.png,bag', 'loose/copy-of-loose.png,boot')),
    /data\.answers: line [23] of ".*" gives the label "\w+" to a picture whose pixels have the label "\w+" in line [23]/,
  );
  await copy('copy-of-test.png', 'test/bag/0.png');
  const inTest = await prepare(await withLabels('loose/copy-of-test.png,bag'));
  assert.equal(inTest.counts.labelled, 4);
  await assert.rejects(
    prepare(await withLabels('loose/copy-of-test.png,boot')),
    /have another label in the data already/,
  );
});

test('a file may have more labels than a call may have arguments', async (context) => {
  const rows = Array.from({ length: 130_000 }, (_, row) => `${row}.png,bag`);
  const file = await place(
    join(await temporaryFolder(context), 'labels.csv'),
    `path,label\n${rows.join('\n')}\n`,
  );
  assert.equal((await readLabelFiles(file, 'data.answers')).length, rows.length);
});
