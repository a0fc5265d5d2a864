import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { dataSource } from '../../../../../domain/config/data.js';
import { listSource } from '../../../../../learning/datasets/sources/list-source.js';
import { place, temporaryFolder } from '../../../../support/picture-files.js';

const CONTEXT = { field: 'data.labelled', wantsLabels: true, watch: () => undefined };

const list = (path: string, columns: object = {}) =>
  listSource(dataSource.parse({ format: 'csv', path, ...columns }), CONTEXT);

test('paths are relative to the file, quoted cells and an empty label are understood', async (context) => {
  const folder = await temporaryFolder(context);
  const text =
    '\ufeffpath,label,note\r\nin/1.png,"boot, ankle",x\r\n"in/a ""b"".png",cafe\u0301,\r\n\r\n3.png,,\r\n';
  const file = await place(join(folder, 'sheet.csv'), text);
  const { classes, pictures, stamps } = await list(file);
  assert.deepEqual(classes, ['boot, ankle', 'caf\u00e9']);
  assert.deepEqual(
    pictures.map(({ name, label }) => [name, label]),
    [
      [join(folder, 'in/1.png'), 'boot, ankle'],
      [join(folder, 'in/a "b".png'), 'caf\u00e9'],
      [join(folder, '3.png'), undefined],
    ],
  );
  assert.equal(stamps.length, 4);
  assert.ok(pictures.every(({ missing }, at) => missing === `line ${[2, 3, 5][at]} of "${file}"`));
  await place(join(folder, '3.png'), 'x');
  assert.equal((await list(file)).pictures[2]!.missing, undefined);
});

test('other columns can be named', async (context) => {
  const file = await place(join(await temporaryFolder(context), 'x.csv'), 'datei,klasse\na.png,1\n');
  const { pictures } = await list(file, { pathColumn: 'datei', labelColumn: 'klasse' });
  assert.equal(pictures[0]!.label, '1');
});

test('the label column may be missing if labels are not used', async (context) => {
  const path = await place(join(await temporaryFolder(context), 'x.csv'), 'path\na.png\n');
  const source = dataSource.parse({ format: 'csv', path });
  const { classes, pictures } = await listSource(source, { ...CONTEXT, wantsLabels: false });
  assert.deepEqual([classes, pictures[0]!.label], [[], undefined]);
  const where = await listSource(source, { ...CONTEXT, wantsLabels: 'where-given' });
  assert.deepEqual([where.classes, where.pictures[0]!.label], [[], undefined]);
});

test('errors name the field and the line', async (context) => {
  const folder = await temporaryFolder(context);
  let number = 0;
  const listText = async (text: string) => list(await place(join(folder, `${number++}.csv`), text));
  await assert.rejects(listText(''), /data\.labelled\.path: ".*" has no rows/);
  await assert.rejects(
    listText('picture;label\na.png;1\n'),
    /data\.labelled\.pathColumn: .* names "picture", "label" \(separated by semicolons\)/,
  );
  await assert.rejects(listText('path,class\na.png,1\n'), /data\.labelled\.labelColumn: .*"path", "class"/);
  await assert.rejects(listText('path,label\na.png,1\n,2\n'), /line 3 of ".*" names no picture/);
  await assert.rejects(listText('path,label\na.png,1,2\n'), /can't be read as CSV: .*line 2/);
  await assert.rejects(listText('path,label\n"a.png,1\n'), /can't be read as CSV/);
  await assert.rejects(list(join(folder, 'missing.csv')), /data\.labelled\.path: .* found nothing there/);
});
