import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DatasetRecord, ImageShape } from '../../../../domain/records.js';
import { DATA_FIELDS } from '../../../../learning/datasets/data-fields.js';
import { inOrder } from '../../../../learning/datasets/decode/in-order.js';
import { openDataset } from '../../../../learning/datasets/open.js';
import { writeManifest } from '../../../../learning/datasets/pack/manifest.js';
import { ShardWriter } from '../../../../learning/datasets/pack/shard-writer.js';
import { storedOrNewSplit } from '../../../../learning/datasets/split/stored-split.js';
import { openStore } from '../../../../storage/open-store.js';
import { noise, temporaryFolder } from '../../../support/picture-files.js';

test('images are read across shards, and only from selected ones', async (context) => {
  const store = openStore(join(await temporaryFolder(context), 'store'));
  const image: ImageShape = { height: 2, width: 3, channels: 3 };
  const writer = new ShardWriter(store, image, 3 * 18 + 17);
  for (let number = 0; number < 11; number++) await writer.append(noise(number, 18), number % 2);
  await assert.rejects(writer.append(new Uint8Array(17), 0), /received 17 bytes, expected 18/);
  const written = await writer.finish();
  assert.deepEqual([written.imagesPerShard, written.shards.length], [3, 4]);
  const parts = { labelled: 11, unlabelled: 0, test: 0 };
  const classes = ['a', 'b'];
  const contentHash = await writeManifest(store, {
    format: 'apprentice-dataset-1',
    image,
    classes,
    parts,
    ...written,
  });
  const positions = { labelled: [2, 3, 10], validation: [0, 8], unlabelled: [1, 4, 5, 6, 7, 9], test: [] };
  const { key: splitKey } = await storedOrNewSplit(store, 'split', {
    contentHash,
    draw: async () => ({ positions, copies: [], contradictory: [] }),
    fields: DATA_FIELDS,
  });

  const record: DatasetRecord = {
    splitKey,
    contentHash,
    classes,
    image,
    fit: 'cover',
    counts: { labelled: 3, validation: 2, unlabelled: 6, test: 0 },
    leftOut: [],
    leftOutKey: 'left-out',
  };
  const images = await openDataset(record, store);
  for (const [name, split] of Object.entries(positions)) {
    const set = images[name as keyof typeof positions];
    assert.equal(set.count, split.length);
    for (const [position, number] of split.entries()) {
      const target = new Uint8Array(18);
      set.copy(position, target, 0);
      assert.deepEqual(target, noise(number, 18));
      assert.equal(set.label(position), name === 'unlabelled' ? -1 : number % 2);
    }
  }

  let read = 0;
  const few = await openDataset(record, store, {
    imagesToRead: ({ validation, unlabelled }) => [validation, unlabelled.slice(0, 1)],
    onShard: () => read++,
  });
  const target = new Uint8Array(18);
  few.validation.copy(1, target, 0);
  assert.deepEqual(target, noise(8, 18));
  few.unlabelled.copy(0, target, 0);
  assert.deepEqual(target, noise(1, 18));
  assert.equal(read, 2, 'images 0, 8 and 1 are in the first and the third of the four shards');
  assert.throws(() => few.unlabelled.copy(1, target, 0), /none of imagesToRead/);
});

test('a split that is stored is not drawn again; concurrent callers share the one that both draw', async (context) => {
  const store = openStore(join(await temporaryFolder(context), 'store'));
  const draw = (image: number) => async () => {
    await sleep(image);
    const positions = { labelled: [image], validation: [], unlabelled: [], test: [] };
    return { positions, copies: [], contradictory: [] };
  };
  const both = await Promise.all([
    storedOrNewSplit(store, 'split', { contentHash: 'x', draw: draw(1), fields: DATA_FIELDS }),
    storedOrNewSplit(store, 'split', { contentHash: 'x', draw: draw(1), fields: DATA_FIELDS }),
  ]);
  assert.deepEqual(both[0], both[1]);
  const later = await storedOrNewSplit(store, 'split', {
    contentHash: 'x',
    draw: draw(9),
    fields: DATA_FIELDS,
  });
  assert.deepEqual(later, both[0]);
});

test('items are processed concurrently, results and failures come in order', async () => {
  let inProgress = 0;
  let most = 0;
  const work = async (item: number) => {
    most = Math.max(most, ++inProgress);
    await sleep(item % 3);
    inProgress--;
    if (item === 7) throw new Error('seven');
    return item;
  };
  const results: number[] = [];
  const all = async () => {
    for await (const result of inOrder([...Array(20).keys()], 4, work)) results.push(result);
  };
  await assert.rejects(all(), /seven/);
  assert.deepEqual(results, [0, 1, 2, 3, 4, 5, 6]);
  assert.ok(most > 1 && most <= 4, `${most} at once`);
});
