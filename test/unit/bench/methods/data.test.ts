import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { benchData, possibleBudgets } from '../../../../bench/methods/data.js';
import { ConfigurationError, DataError } from '../../../../domain/errors.js';

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'apprentice-bench-data-'));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Files that are listed as pictures; nobody opens them here. */
async function fill(folder: string, name: string, pictures: number): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  for (let number = 0; number < pictures; number++) {
    await writeFile(join(folder, name, `${number}.png`), `${name} ${number}`);
  }
}

const rowsOf = async (path: string) => (await readFile(path, 'utf8')).trimEnd().split('\n').slice(1);

test('a fifth of each class of a folder of class folders is held out for test, the same every time', async () => {
  await inFolder(async (folder) => {
    const pictures = join(folder, 'pictures');
    await fill(pictures, 'cat', 20);
    await fill(pictures, 'do, "g"', 10);
    const work = join(folder, 'lists');
    const { data } = await benchData(pictures, 32, work);
    assert.deepEqual(data.image, { width: 32, height: 32 });
    assert.equal(data.validationPerClass, 1, 'a tenth of the smaller class’s eight');
    const [train, held] = [await rowsOf(join(work, 'train.csv')), await rowsOf(join(work, 'test.csv'))];
    assert.deepEqual([train.length, held.length], [24, 6]);
    assert.equal(held.filter((row) => row.endsWith('"cat"')).length, 4);
    assert.equal(new Set([...train, ...held]).size, 30);

    await benchData(pictures, 32, work);
    assert.deepEqual(await rowsOf(join(work, 'test.csv')), held);

    assert.deepEqual(await possibleBudgets(data, [2, 6, 7, 100]), [2, 6]);
    await assert.rejects(possibleBudgets(data, [50]), (error: Error) => {
      assert.ok(error instanceof DataError);
      assert.match(error.message, /--labels: received 50, but the smallest class has 8 images/);
      return true;
    });
  });
});

test('a folder with train and test is used as split', async () => {
  await inFolder(async (folder) => {
    for (const part of ['train', 'test']) {
      await fill(join(folder, part), 'cat', 30);
      await fill(join(folder, part), 'dog', 30);
    }
    const { data } = await benchData(folder, 48, join(folder, 'lists'));
    assert.deepEqual(data.labelled, { format: 'class-folders', path: join(folder, 'train') });
    assert.deepEqual(data.test, { format: 'class-folders', path: join(folder, 'test') });
    assert.equal(data.validationPerClass, 3);
  });
});

test('classes that are too small and configurations without test images are refused', async () => {
  await inFolder(async (folder) => {
    await fill(join(folder, 'pictures'), 'cat', 20);
    await fill(join(folder, 'pictures'), 'dog', 4);
    await assert.rejects(
      benchData(join(folder, 'pictures'), 32, join(folder, 'lists')),
      (error: Error) => error instanceof DataError && /class "dog" has 4 pictures/.test(error.message),
    );
    const config = join(folder, 'run.yaml');
    await writeFile(config, 'name: pets\ndata: { labelled: { format: class-folders, path: pictures } }\n');
    await assert.rejects(
      benchData(config, 32, join(folder, 'lists')),
      (error: Error) => error instanceof ConfigurationError && /data\.test is missing/.test(error.message),
    );
  });
});
