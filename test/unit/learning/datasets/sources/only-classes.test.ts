import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { dataConfig } from '../../../../../domain/config/data.js';
import { DataError } from '../../../../../domain/errors.js';
import { listData } from '../../../../../learning/datasets/listing.js';
import { listSource } from '../../../../../learning/datasets/sources/list-source.js';
import { place, temporaryFolder } from '../../../../support/picture-files.js';

const labelled = { field: 'data.labelled', wantsLabels: true, watch: () => undefined };

async function threeClasses(context: TestContext): Promise<string> {
  const path = await temporaryFolder(context);
  for (const name of ['bag', 'caf\u00e9', 'shirt']) {
    for (const number of [1, 2, 3]) await place(join(path, name, `${number}.png`), 'x');
  }
  await place(join(path, 'all.csv'), 'path,label\nbag/1.png,bag\nbag/2.png,\nshirt/1.png,shirt\n');
  return path;
}

test('a source can be limited to some classes, named in any Unicode form', async (context) => {
  const path = await threeClasses(context);
  const only = ['shirt', 'cafe\u0301'];
  const { classes, pictures } = await listSource({ format: 'class-folders', path, only }, labelled);
  assert.deepEqual(classes, ['caf\u00e9', 'shirt']);
  assert.equal(pictures.length, 6);
});

test('an unlabelled source can be limited to some classes too', async (context) => {
  const path = join(await threeClasses(context), 'all.csv');
  const columns = { pathColumn: 'path', labelColumn: 'label' };
  const source = { format: 'csv' as const, path, ...columns, only: ['bag'] };
  const { pictures } = await listSource(source, { ...labelled, wantsLabels: false });
  assert.equal(pictures.length, 1);
});

test('other classes of the same files are another source', async (context) => {
  const path = await threeClasses(context);
  const stampsOf = async (only: string[]) =>
    (await listSource({ format: 'class-folders', path, only }, labelled)).stamps.join('\n');
  assert.notEqual(await stampsOf(['bag']), await stampsOf(['shirt']));
  assert.equal(await stampsOf(['bag', 'shirt']), await stampsOf(['shirt', 'bag']));
});

test('an unknown class is refused; the error lists the known ones', async (context) => {
  const path = await threeClasses(context);
  await assert.rejects(
    listSource({ format: 'class-folders', path, only: ['bag', 'hat'] }, labelled),
    (error: Error) =>
      error instanceof DataError &&
      /data.labelled.only: received "hat".*"bag", "café", "shirt"/.test(error.message),
  );
});

test('a test source uses the labelled source’s classes, unless it names its own', async (context) => {
  const path = await threeClasses(context);
  const source = { format: 'class-folders', path };
  const listed = (test: object) =>
    listData(
      dataConfig.parse({
        labelled: { ...source, only: ['bag', 'shirt'] },
        test: { ...source, ...test },
        labelsPerClass: 1,
        validationPerClass: 1,
      }),
    );
  assert.equal((await listed({})).pictures.test.length, 6);
  assert.equal((await listed({ only: ['bag'] })).pictures.test.length, 3);
});
