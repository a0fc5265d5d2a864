import assert from 'node:assert/strict';
import { rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { ArtifactStore } from '../../../../domain/artifact-store.js';
import { type DataConfig, dataConfig } from '../../../../domain/config/data.js';
import { CorruptArtifactError, DataError } from '../../../../domain/errors.js';
import { countLeftOut, type LeftOut } from '../../../../domain/left-out.js';
import type { DatasetRecord, ImageShape } from '../../../../domain/records.js';
import type { ImageSet } from '../../../../learning/datasets/image-set.js';
import { listData } from '../../../../learning/datasets/listing.js';
import { openDataset } from '../../../../learning/datasets/open.js';
import { openLabels } from '../../../../learning/datasets/open-labels.js';
import { packListing } from '../../../../learning/datasets/pack/pack-listing.js';
import { type PrepareRequest, prepareDataset } from '../../../../learning/datasets/prepare.js';
import { surveyData } from '../../../../learning/datasets/survey.js';
import { openStore } from '../../../../storage/open-store.js';
import {
  encodePicture,
  noise,
  place,
  placeClasses,
  temporaryFolder,
} from '../../../support/picture-files.js';

const CSV = { format: 'csv', pathColumn: 'path', labelColumn: 'label' } as const;
const BUDGET = { labelsPerClass: 2, validationPerClass: 1 };

function prepare(store: ArtifactStore, data: DataConfig, more: Partial<PrepareRequest> = {}, run = 'a') {
  return prepareDataset({
    data,
    seed: 1,
    store,
    keys: { split: `runs/${run}/split`, leftOut: `runs/${run}/left-out` },
    onProgress: () => undefined,
    signal: new AbortController().signal,
    ...more,
  });
}

/** Three classes of 5, 4 and 6 pictures, 3 unlabelled ones, 4 of test. */
async function scene(context: TestContext, config: object = {}) {
  const folder = await temporaryFolder(context);
  const labelled = await placeClasses(join(folder, 'labelled'), { bag: 5, シャツ: 4, 'ankle boot': 6 });
  const unlabelled = await placeClasses(join(folder, 'loose'), { any: 3 }, 100);
  const testPath = await placeClasses(join(folder, 'test'), { シャツ: 2, bag: 2 }, 200);
  const data = dataConfig.parse({
    labelled: { format: 'class-folders', path: labelled },
    unlabelled: { format: 'folder', path: unlabelled },
    test: { format: 'class-folders', path: testPath },
    ...BUDGET,
    ...config,
  });
  return { folder, labelled, unlabelled, testPath, data, store: openStore(join(folder, 'store')) };
}

function pixelsIn(images: ImageSet): string[] {
  const bytes = images.shape.height * images.shape.width * images.shape.channels;
  return Array.from({ length: images.count }, (_, position) => {
    const target = new Uint8Array(bytes + 3);
    images.copy(position, target, 3);
    return Buffer.from(target.subarray(3)).toString('hex');
  });
}

const unreadable = ({ leftOut }: DatasetRecord) => countLeftOut(leftOut, 'unreadable');
const hex = (number: number) => Buffer.from(noise(number, 64)).toString('hex');
const labelsIn = (images: ImageSet) => Array.from({ length: images.count }, (_, at) => images.label(at));

test('splits hold every picture with its label and its exact pixels', async (context) => {
  const { data, store } = await scene(context);
  const progress: number[] = [];
  const record = await prepare(store, data, { onProgress: (done, total) => progress.push(done, total) });
  assert.deepEqual(record.classes, ['ankle boot', 'bag', 'シャツ']);
  assert.deepEqual(record.image, { height: 8, width: 8, channels: 1 });
  assert.equal(record.fit, 'cover');
  assert.deepEqual(record.counts, { labelled: 6, validation: 3, unlabelled: 15 - 9 + 3, test: 4 });
  assert.deepEqual(progress.slice(-2), [22, 22]);
  const images = await openDataset(record, store);
  // By the order in which the scene places them.
  const classOf = (number: number) =>
    number < 5 ? 1 : number < 9 ? 2 : number < 15 ? 0 : number < 202 ? 2 : 1;
  const numbers = [...Array(15).keys(), 100, 101, 102, 200, 201, 202, 203];
  const byPixels = new Map(numbers.map((number) => [hex(number), number]));
  const seen = Object.values(images).flatMap((split: ImageSet) => pixelsIn(split));
  assert.deepEqual(
    seen.map((pixels) => byPixels.get(pixels)!).sort((a, b) => a - b),
    numbers,
  );
  for (const split of [images.labelled, images.validation, images.test]) {
    assert.deepEqual(
      labelsIn(split),
      pixelsIn(split).map((pixels) => classOf(byPixels.get(pixels)!)),
    );
  }
  assert.ok(labelsIn(images.unlabelled).every((label) => label === -1));
  assert.throws(() => images.test.label(4), /received 4, expected 0 to 3/);
  const labels = await openLabels(record, store);
  assert.deepEqual([...labels.labelled], labelsIn(images.labelled));
  const survey = await surveyData(data);
  assert.deepEqual(survey, {
    classes: record.classes,
    image: record.image,
    counts: record.counts,
    packedBytes: 22 * 64,
    leftOut: [],
  });
});

test('a caller can allow one class, or give the reason why it needs two', async (context) => {
  const folder = await temporaryFolder(context);
  const store = openStore(join(folder, 'store'));
  const path = await placeClasses(join(folder, 'one'), { only: 9 });
  const data = dataConfig.parse({ labelled: { format: 'class-folders', path }, ...BUDGET });
  const { classes, counts } = await prepare(store, data, { classesNeeded: { atLeast: 1 } });
  assert.deepEqual([classes, counts.labelled, counts.validation], [['only'], 2, 1]);
  await assert.rejects(
    prepare(store, data, { classesNeeded: { atLeast: 2, because: 'set heads to joint' } }, 'b'),
    /one class \("only"\), expected at least two: set heads to joint$/,
  );
});

test('an unchanged listing is not decoded again; a changed one is', async (context) => {
  const { data, store, labelled } = await scene(context);
  const first = await prepare(store, data);
  const file = join(labelled, 'bag', '0.png');
  const { atime, mtime, size } = await stat(file);
  const whole = mtime.getTime() - 60_000;
  await utimes(file, atime, new Date(whole));
  await prepare(store, data);
  // Same size and time: decoding it would reject it.
  await place(file, Buffer.alloc(size));
  await utimes(file, atime, new Date(whole));
  const again = await prepare(store, data, {}, 'b');
  assert.deepEqual({ ...again, splitKey: '', leftOutKey: '' }, { ...first, splitKey: '', leftOutKey: '' });

  await place(file, await encodePicture(900));
  const changed = await prepare(store, data, {}, 'c');
  await place(join(labelled, 'bag', 'new.png'), await encodePicture(901));
  const added = await prepare(store, data, {}, 'd');
  await rm(join(labelled, 'bag', '1.png'));
  const removed = await prepare(store, data, {}, 'e');
  const hashes = [first, changed, added, removed].map(({ contentHash }) => contentHash);
  assert.equal(new Set(hashes).size, 4);
  assert.equal(added.counts.unlabelled, first.counts.unlabelled + 1);
  const filled = await prepare(store, { ...data, image: { fit: 'fill', width: 9 } }, {}, 'f');
  assert.notEqual(filled.contentHash, first.contentHash);
  assert.equal(filled.fit, 'fill');
});

test('the default fit has the same cache key as when it is configured', async (context) => {
  const { data, store } = await scene(context);
  const keys = () => store.list('datasets/by-source/');
  await prepare(store, { ...data, image: { width: 9, fit: 'cover' } });
  const before = await keys();
  await prepare(store, { ...data, image: { width: 9 } }, {}, 'b');
  assert.deepEqual(await keys(), before);
});

test('a split is drawn once; data that changed under it is refused', async (context) => {
  const { data, store, labelled } = await scene(context);
  const first = await prepare(store, data);
  assert.deepEqual(await prepare(store, data, { seed: 99 }), first);
  assert.deepEqual(await store.list('runs/a/split'), [first.splitKey]);
  const other = await prepare(store, data, { seed: 99 }, 'b');
  assert.equal(other.contentHash, first.contentHash);
  await place(join(labelled, 'bag', 'new.png'), await encodePicture(901));
  await assert.rejects(prepare(store, data), (error) => {
    return (
      error instanceof DataError && /is now|are now data set \w+, but .* start a new run/.test(error.message)
    );
  });
  assert.equal((await openDataset(first, store)).labelled.count, 6);
  await assert.rejects(openDataset({ ...first, contentHash: '0123456789abcdef' }, store), DataError);
});

test('unreadable pictures are listed; more than the allowed share is an error', async (context) => {
  const { data, store, labelled, unlabelled, folder } = await scene(context);
  await place(join(labelled, 'bag', 'empty.png'), '');
  await place(join(labelled, 'シャツ', 'text.jpg'), 'no picture');
  await assert.rejects(prepare(store, data), (error) => {
    assert.ok(error instanceof DataError);
    assert.match(
      error.message,
      /^data\.labelled: 2 of 24 pictures can't be used, .* 0\.01 .*data\.maxRejectedShare/,
    );
    assert.match(error.message, /bag\/empty\.png: an empty file/);
    return true;
  });
  const stored = JSON.parse(Buffer.from(await store.read('runs/a/left-out')).toString()).record;
  assert.deepEqual(
    stored.map(({ kind, count }: LeftOut) => [kind, count]),
    [['unreadable', 2]],
  );
  assert.deepEqual(await store.list('runs/a/split'), []);
  const lenient = await prepare(store, { ...data, maxRejectedShare: 0.1 });
  assert.equal(countLeftOut(lenient.leftOut, 'unreadable'), 2);
  assert.equal(lenient.counts.unlabelled, 9);
  // Also when the rejection comes from the cache.
  await assert.rejects(
    prepare(openStore(join(folder, 'store')), data, {}, 'b'),
    /^DataError: data\.labelled: 2 of 24/,
  );
  await place(join(unlabelled, 'any', 'cut.jpg'), '');
  await assert.rejects(
    prepare(store, data, {}, 'c'),
    /^DataError: data: 3 of 25 pictures can't be used \(2 of data\.labelled, 1 of data\.unlabelled\), at most/,
  );
});

test('a picture whose file was missing is read again by the next preparation', async (context) => {
  const { data, store, unlabelled } = await scene(context);
  const rows = ['any/later.png', 'any/0.png', 'any/1.png'];
  const path = await place(join(unlabelled, 'sheet.csv'), `path\n${rows.join('\n')}\n`);
  const sheet: DataConfig = { ...data, unlabelled: { ...CSV, path }, maxRejectedShare: 1 };
  assert.equal(unreadable(await prepare(store, sheet)), 1);
  await place(join(unlabelled, 'any', 'later.png'), await encodePicture(7000));
  assert.equal(unreadable(await prepare(store, sheet, {}, 'b')), 0);
});

test('labels of missing files are refused; unreadable files are rejected pictures', async (context) => {
  const { data, folder, labelled, unlabelled, testPath } = await scene(context, { maxRejectedShare: 1 });
  const untouched = openStore(join(folder, 'untouched'));
  const listOf = (name: string, root: string, ...rows: string[]) =>
    place(join(root, name), `path,label\n${rows.map((row) => `${row}\n`).join('')}`);
  const whole = ['bag', 'シャツ'].flatMap((name) => [0, 1, 2].map((at) => `${name}/${at}.png,${name}`));
  const refused = (change: Partial<DataConfig>, message: RegExp) =>
    assert.rejects(prepare(untouched, { ...data, ...change }), (error: Error) => {
      assert.ok(error instanceof DataError);
      assert.match(error.message, message);
      return true;
    });

  const some = await listOf(
    'some.csv',
    labelled,
    'bag/gone.png,bag',
    ...whole,
    'gone/0.png,シャツ',
    'x.png,bag',
  );
  const sought =
    /^data\.labelled\.path: line 2 of ".*some\.csv" gives the label "bag" to "\/.*labelled\/bag\/gone\.png", but there is no such file \(and 2 more rows like it, of 9\)/;
  await refused({ labelled: { ...CSV, path: some } }, sought);
  await assert.rejects(surveyData({ ...data, labelled: { ...CSV, path: some } }), { message: sought });
  const oneOfTest = await listOf('test.csv', testPath, 'bag/0.png,bag', 'bag/0.png/x.png,bag');
  await refused(
    { test: { ...CSV, path: oneOfTest } },
    /^data\.test\.path: line 3 of ".*test\.csv" .*x\.png", but there is no such file: correct/,
  );
  const oneMore = await listOf('more.csv', unlabelled, 'any/0.png,bag', 'nowhere.png,', 'any/x.png,bag');
  await refused(
    { unlabelled: { ...CSV, path: oneMore } },
    /^data\.unlabelled\.path: line 4 of ".*x\.png", but there is no such file: correct/,
  );
  assert.deepEqual(await untouched.list(''), []);

  await place(join(labelled, 'bag', 'text.png'), 'no picture');
  const rows = [...whole, 'gone.png,boot', 'nowhere.png,', 'bag/text.png,bag'];
  const rest = await listOf('rest.csv', labelled, ...rows);
  const { test: _, ...untested } = data;
  const others = { ...untested, labelled: { ...CSV, path: rest, only: ['bag', 'シャツ'] } };
  assert.equal(unreadable(await prepare(untouched, others)), 1, 'text.png; what is left out may be anywhere');
  const unnamed = await listOf('unnamed.csv', labelled, ...whole, 'nowhere.png,', 'bag/text.png,bag');
  const last = await prepare(untouched, { ...data, labelled: { ...CSV, path: unnamed } }, {}, 'b');
  assert.equal(unreadable(last), 2);
});

test('corrupt bytes in the store are detected at open and repaired by the next preparation', async (context) => {
  const { data, store } = await scene(context);
  const record = await prepare(store, data);
  const blobs = await store.list('datasets/blobs/');
  const manifest = (await store.list(`datasets/${record.contentHash}/`))[0]!;
  for (const key of [...blobs, manifest]) {
    const bytes = Uint8Array.from(await store.read(key));
    bytes[bytes.length >> 1]! ^= 1;
    await store.write(key, bytes);
    if (key !== manifest) {
      // Fingerprints are only read when a split is drawn.
      const fingerprints = JSON.parse(Buffer.from(await store.read(manifest)).toString()).fingerprints;
      if (!key.endsWith(fingerprints)) await assert.rejects(openDataset(record, store), CorruptArtifactError);
    } else await assert.rejects(openDataset(record, store), CorruptArtifactError);
    assert.deepEqual(await prepare(store, data), record);
    assert.equal((await openDataset(record, store)).labelled.count, 6);
  }
  const broken: string[] = [];
  const onBroken = ({ message }: Error) => broken.push(message);
  for (const bytes of [Buffer.from('{"format":'), Buffer.from(''), await store.read('runs/a/left-out')]) {
    await store.write(record.splitKey, bytes);
    await assert.rejects(
      openDataset(record, store),
      (error: Error) => error instanceof CorruptArtifactError && error.message.includes(record.splitKey),
    );
    assert.deepEqual(await prepare(store, data, { onBroken }), record);
    assert.equal((await openDataset(record, store)).labelled.count, 6);
  }
  assert.equal(broken.length, 3);
  const other = await prepare(store, data, { seed: 99 }, 'b');
  await store.write(other.splitKey.replace('runs/b/', 'runs/a/'), await store.read(other.splitKey));
  assert.deepEqual(await prepare(store, data), record, 'the split of another run is not taken for its own');
  for (const message of broken)
    assert.match(message, /runs\/a\/split-.*run the same configuration again, .*--id a if/);
});

test('mistakes in names and labels are refused before a picture is decoded', async (context) => {
  const { data, folder, testPath, labelled } = await scene(context);
  const untouched = openStore(join(folder, 'untouched'));
  const refuse = (change: object, reason: RegExp) =>
    assert.rejects(prepare(untouched, { ...data, ...change } as DataConfig), (error) => {
      assert.ok(error instanceof DataError, String(error));
      assert.match(error.message, reason);
      return true;
    });
  await refuse(
    { labelsPerClass: 5 },
    /class "bag" has 5, "シャツ" has 4 images, expected at least 6 each .*data\.labelsPerClass \(all/,
  );
  await refuse(
    { labelsPerClass: 'all', validationPerClass: 6 },
    /"ankle boot" has 6.*validationPerClass 6 \+ labelsPerClass all/,
  );
  await refuse(
    { labelled: { format: 'folder', path: labelled } },
    /data\.labelled\.format: "folder" has no labels/,
  );
  await refuse({ test: { format: 'folder', path: testPath } }, /data\.test\.format/);
  await refuse({ unlabelled: { format: 'folder', path: join(folder, 'gone') } }, /data\.unlabelled\.path/);
  const empty = await temporaryFolder(context);
  await refuse({ unlabelled: { format: 'folder', path: empty } }, /data\.unlabelled\.path: .*no pictures in/);
  await refuse(
    { unlabelled: { format: 'class-folders', path: join(folder, 'loose') } },
    /data\.unlabelled: class "any" is unknown in data\.labelled, which has "ankle boot", "bag", "シャツ": label some/,
  );
  await refuse({ labelled: { format: 'idx', images: 'x' } }, /data\.labelled\.labels: received none/);
  await placeClasses(testPath, { trouser: 1 }, 300);
  await refuse(
    {},
    /data\.test: class "trouser" is unknown in data\.labelled, which has "ankle boot", "bag", "シャツ"/,
  );
  const one = await placeClasses(join(folder, 'one'), { only: 9 }, 400);
  await refuse(
    { labelled: { format: 'class-folders', path: one } },
    /one class \("only"\), expected at least two$/,
  );
  const sheet = await place(join(folder, 'x.csv'), 'path,label\na.png,bag\nb.png,\n');
  const csv = { format: 'csv', path: sheet, pathColumn: 'path', labelColumn: 'label' };
  await refuse({ test: csv }, /data\.test: 1 pictures have no label/);
  const strange = await place(join(folder, 'strange.csv'), 'path,label\na.png,bag\nb.png,\nc.png,zeppelin\n');
  await refuse(
    { unlabelled: { ...csv, path: strange } },
    /data\.unlabelled: class "zeppelin" is unknown in data\.labelled, .*empty its labels/,
  );
  assert.deepEqual(await untouched.list(''), []);
});

test('if the first picture’s size is out of bounds, the error names data.image', async (context) => {
  const folder = await temporaryFolder(context);
  const path = await placeClasses(join(folder, 'big'), { a: 3, b: 3 }, 0, {
    width: 1200,
    height: 9,
    format: 'jpeg',
  });
  const data = dataConfig.parse({ labelled: { format: 'class-folders', path }, ...BUDGET });
  const store = openStore(join(folder, 'store'));
  await assert.rejects(
    prepare(store, data),
    /usual size is 1200 x 9 pixels \("[^"]*a\/0\.jpeg" is the first of 6\), .*set data\.image\.width/,
  );
  const sized = { ...data, image: { fit: 'cover' as const, width: 16 } };
  assert.deepEqual((await surveyData(sized)).image, { height: 9, width: 16, channels: 1 });
  assert.deepEqual((await prepare(store, sized)).image, { height: 9, width: 16, channels: 1 });
});

test('an abort ends listing and decoding with the signal’s reason', async (context) => {
  const { data, store } = await scene(context);
  const reason = new Error('enough');
  const controller = new AbortController();
  const { signal } = controller;
  const found: number[] = [];
  const stopped = prepare(store, data, {
    signal,
    onProgress: (done, total) => {
      found.push(done, total);
      controller.abort(reason);
    },
  });
  await assert.rejects(stopped, reason);
  assert.deepEqual(found, [0, 1]);

  const later = new AbortController();
  const listing = await listData(data);
  const onProgress = (done: number) => done === 5 && later.abort(reason);
  const image: ImageShape = { height: 8, width: 8, channels: 1 };
  await assert.rejects(
    packListing(listing, { image, leftOut: [] }, 'cover', { store, onProgress, signal: later.signal }),
    reason,
  );
  assert.deepEqual(await store.list(''), []);
});
