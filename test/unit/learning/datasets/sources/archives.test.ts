import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { type DataSource, dataConfig, dataSource } from '../../../../../domain/config/data.js';
import { listData } from '../../../../../learning/datasets/listing.js';
import { listSource } from '../../../../../learning/datasets/sources/list-source.js';
import type { Picture, Pixels } from '../../../../../learning/datasets/sources/source.js';
import { noise, place, placeClasses, temporaryFolder } from '../../../../support/picture-files.js';

const list = (source: object) =>
  listSource(dataSource.parse(source) as DataSource, {
    field: 'data.labelled',
    wantsLabels: true,
    watch: () => undefined,
  });

function pixelsOf({ content }: Picture): Promise<Pixels> {
  assert.ok('pixels' in content);
  return content.pixels();
}

/** http://yann.lecun.com/exdb/mnist: magic number, sizes, then the values. */
function idx(sizes: number[], values: Uint8Array): Buffer {
  const header = Buffer.alloc(4 + 4 * sizes.length);
  header.writeUInt32BE(sizes.length === 3 ? 2051 : 2049, 0);
  for (const [index, size] of sizes.entries()) header.writeUInt32BE(size, 4 + 4 * index);
  return Buffer.concat([header, values]);
}

test('IDX files are read plain and gzipped, whatever their names', async (context) => {
  const folder = await temporaryFolder(context);
  const values = noise(1, 4 * 9 * 8);
  const images = await place(join(folder, 'images.gz'), gzipSync(idx([4, 9, 8], values)));
  const plain = await place(join(folder, 'images'), idx([4, 9, 8], values));
  const labels = await place(join(folder, 'labels'), gzipSync(idx([4], Uint8Array.of(7, 10, 2, 7))));
  for (const path of [images, plain]) {
    const { classes, pictures } = await list({ format: 'idx', images: path, labels });
    assert.deepEqual(classes, ['2', '7', '10']);
    assert.deepEqual(
      pictures.map(({ label }) => label),
      ['7', '10', '2', '7'],
    );
    const third = await pixelsOf(pictures[2]!);
    assert.deepEqual([third.width, third.height, third.channels], [8, 9, 1]);
    assert.deepEqual(Uint8Array.from(third.data), values.slice(2 * 72, 3 * 72));
  }
  const unlabelled = await list({ format: 'idx', images });
  assert.deepEqual(
    unlabelled.pictures.map(({ label }) => label),
    [undefined, undefined, undefined, undefined],
  );
  const classes = ['zero', 'one', 'シャツ'];
  const three = await place(join(folder, 'three'), idx([4], Uint8Array.of(2, 0, 0, 1)));
  const named = await list({ format: 'idx', images, labels: three, classes });
  assert.deepEqual(named.classes, classes);
  assert.deepEqual(
    named.pictures.map(({ label }) => label),
    ['シャツ', 'zero', 'zero', 'one'],
  );
  await assert.rejects(
    list({ format: 'idx', images, labels, classes }),
    /data\.labelled\.classes: .*label 10 occurs/,
  );
});

test('IDX files of another format, of another size than their header says, or cut short are refused', async (context) => {
  const folder = await temporaryFolder(context);
  let number = 0;
  const listBytes = async (bytes: Uint8Array, labels?: Uint8Array) =>
    list({
      format: 'idx',
      images: await place(join(folder, `${number++}`), bytes),
      ...(labels && { labels: await place(join(folder, `${number++}`), labels) }),
    });
  const good = idx([2, 8, 8], noise(1, 128));
  await assert.rejects(listBytes(Buffer.from('PNG?')), /data\.labelled\.images: .* starts with 0x504e473f/);
  await assert.rejects(listBytes(new Uint8Array()), /data\.labelled\.images: .* starts with/);
  await assert.rejects(listBytes(good.subarray(0, 100)), /has 100 bytes, expected 144/);
  await assert.rejects(
    listBytes(gzipSync(idx([2 ** 32 - 1, 999, 999], noise(1, 9)))),
    /\d{16} unpacked by its header, expected at most/,
  );
  await assert.rejects(listBytes(idx([0, 8, 8], noise(1, 0))), /holds 0 images/);
  await assert.rejects(
    listBytes(good, good),
    /data\.labelled\.labels: .*expected an IDX file of uint8 labels/,
  );
  await assert.rejects(listBytes(good, idx([3], noise(1, 3))), /holds 3 labels, expected 2/);
  const packed = gzipSync(idx([2, 8, 8], noise(1, 128)));
  const { pictures } = await listBytes(packed.subarray(0, packed.length - 30));
  await assert.rejects(pixelsOf(pictures[1]!), /can't be unpacked/);
});

test('a small .gz that would fill the memory is refused before it is unpacked', async (context) => {
  const folder = await temporaryFolder(context);
  const bomb = gzipSync(idx([100_000, 28, 28], new Uint8Array(100_000 * 784)), { level: 9 });
  assert.ok(bomb.length < 100_000);
  const images = await place(join(folder, 'images.gz'), bomb);
  const before = process.memoryUsage.rss();
  await assert.rejects(list({ format: 'idx', images }), /has \d+ bytes, and 78400016 unpacked by its header/);
  const many = await place(join(folder, 'many'), idx([5_000_001, 1, 1], new Uint8Array(5_000_001)));
  await assert.rejects(list({ format: 'idx', images: many }), /holds 5000001 images/);
  assert.ok(process.memoryUsage.rss() - before < 2 ** 26);
  // Longer than its header says: unpacking stops one byte behind.
  const longer = gzipSync(idx([2, 8, 8], new Uint8Array(2 ** 24)));
  const listed = await list({ format: 'idx', images: await place(join(folder, 'longer'), longer) });
  await assert.rejects(pixelsOf(listed.pictures[0]!), /has 145 bytes, expected 144 by its header/);
});

test('pipes and devices are refused as data files, at once', { timeout: 5_000 }, async (context) => {
  const folder = await temporaryFolder(context);
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  await symlink(pipe, join(folder, 'link'));
  const images = await place(join(folder, 'images'), idx([2, 8, 8], noise(1, 128)));
  for (const path of [pipe, join(folder, 'link'), '/dev/zero']) {
    const refused = /data\.labelled\.[a-z]+.*found a pipe, socket or device/;
    await assert.rejects(list({ format: 'idx', images: path }), refused);
    await assert.rejects(list({ format: 'idx', images, labels: path }), refused);
    await assert.rejects(list({ format: 'cifar', paths: [path] }), refused);
    await assert.rejects(list({ format: 'csv', path }), refused);
    await assert.rejects(list({ format: 'folder', path }), refused);
  }
});

test('CIFAR batches give the fine labels and interleaved channels', async (context) => {
  const folder = await temporaryFolder(context);
  const planes = noise(3, 3072);
  const ten = await place(
    join(folder, 'data_batch_1.bin'),
    Buffer.concat([[9], planes, [0], noise(4, 3072)].map((part) => Uint8Array.from(part))),
  );
  const more = await place(
    join(folder, 'data_batch_2.bin'),
    Buffer.concat([[6], noise(5, 3072)].map((part) => Uint8Array.from(part))),
  );
  const { classes, pictures } = await list({ format: 'cifar', paths: [ten, more] });
  assert.equal(classes.length, 10);
  assert.deepEqual(
    pictures.map(({ label }) => label),
    ['truck', 'airplane', 'frog'],
  );
  const { data, width, height, channels } = await pixelsOf(pictures[0]!);
  assert.deepEqual([width, height, channels], [32, 32, 3]);
  // Pixel 33 is the second of the second row.
  assert.deepEqual([...data.subarray(99, 102)], [planes[33], planes[1024 + 33], planes[2048 + 33]]);
  assert.equal((await pixelsOf(pictures[2]!)).data[0], noise(5, 1)[0]);

  const hundred = await place(
    join(folder, 'train.bin'),
    Buffer.concat([[4, 99], planes].map((part) => Uint8Array.from(part))),
  );
  const fine = await list({ format: 'cifar', paths: [hundred], variant: 'cifar100' });
  assert.equal(new Set(fine.classes).size, 100);
  assert.equal(fine.pictures[0]!.label, 'worm');
  assert.deepEqual((await pixelsOf(fine.pictures[0]!)).data, data);
  await assert.rejects(
    list({ format: 'cifar', paths: [ten, hundred] }),
    /data\.labelled\.paths\[1\]: .* has 3074 bytes, expected a multiple of 3073/,
  );
});

test('labels of unlabelled archives are checked, by the labelled source’s class names', async (context) => {
  const folder = await temporaryFolder(context);
  const images = await place(join(folder, 'images'), idx([4, 8, 8], noise(1, 256)));
  const labelsOf = (...labels: number[]) =>
    place(join(folder, labels.join('-')), idx([4], Uint8Array.from(labels)));
  const labelled = {
    ...{ format: 'idx', images, labels: await labelsOf(0, 0, 1, 1), classes: ['zero', 'one', 'two'] },
    only: ['zero', 'one'],
  };
  const listing = (unlabelled: object, options = {}, from: object = labelled) =>
    listData(dataConfig.parse({ labelled: from, unlabelled, validationPerClass: 1 }), options);
  const listed = async (unlabelled: object, options = {}) =>
    (await listing({ format: 'idx', images, ...unlabelled }, options)).pictures.unlabelled.length;

  assert.equal(await listed({ labels: await labelsOf(1, 0, 0, 1) }), 4);
  const strange = await labelsOf(1, 0, 2, 2);
  await assert.rejects(
    listed({ labels: strange }),
    /data\.unlabelled: class "two" is unknown in data\.labelled, which has "zero", "one": .*leave data\.unlabelled\.labels out/,
  );
  assert.equal(await listed({}), 4);
  assert.equal(await listed({ labels: strange, only: ['zero', 'one'] }), 2);
  assert.equal(await listed({ labels: strange }, { unlabelledOfAnyClass: true }), 4);
  assert.equal(await listed({ labels: join(folder, 'none') }, { unlabelledOfAnyClass: true }), 4);
  await assert.rejects(
    listed({ labels: join(folder, 'none') }),
    /data\.unlabelled\.labels: .* nothing there/,
  );

  const classes = await placeClasses(join(folder, 'classes'), { truck: 2, frog: 2 });
  const row = (label: number) => Buffer.concat([Buffer.of(label), noise(label, 3072)]);
  const batch = await place(join(folder, 'batch.bin'), Buffer.concat([row(9), row(6), row(0)]));
  const cifar = (options = {}) =>
    listing({ format: 'cifar', paths: [batch] }, options, { format: 'class-folders', path: classes });
  await assert.rejects(cifar(), /data\.unlabelled: class "airplane" is unknown/);
  assert.equal((await cifar({ unlabelledOfAnyClass: true })).pictures.unlabelled.length, 3);
});
