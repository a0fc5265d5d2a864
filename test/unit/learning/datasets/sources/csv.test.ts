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

const pairs = async (path: string, columns: object = {}) =>
  (await list(path, columns)).pictures.map(({ name, label }) => [name.split('/').at(-1), label]);

test('separators, line ends, encodings and headers of other programs are recognised', async (context) => {
  const folder = await temporaryFolder(context);
  const expected = [
    ['a.png', 'größe, 1'],
    ['b.png', 'x;y'],
    ['c.png', undefined],
  ];
  const rows = [
    ['path', 'label'],
    ['a.png', '"größe, 1"'],
    ['b.png', '"x;y"'],
    ['c.png', ''],
  ];
  const joined = (separator: string, end: string, head = '') =>
    `${head}${rows.map((row) => `${row.join(separator)}${end}`).join('')}`;
  const texts: Array<string | Buffer> = [
    ...[',', ';', '\t', '|'].map((separator) => joined(separator, '\n')),
    ...['\r\n', '\r'].map((end) => joined(';', end)),
    joined(';', '\r\n', 'sep=;\r\n'),
    `${joined(',', '\n')}\n \n,\n,,\n`.replace(',,\n', ''),
    joined(',', '\n').replace('path,label', ' "Path" , LABEL '),
    joined(',', '\r\n').replace('\r\n', '\n'),
    Buffer.from(`\ufeff${joined('\t', '\r\n')}`, 'utf16le'),
    Buffer.from(`\ufeff${joined(';', '\n')}`, 'utf16le').swap16(),
  ];
  for (const [number, text] of texts.entries()) {
    const file = await place(join(folder, `${number}.csv`), text);
    assert.deepEqual(await pairs(file), expected, JSON.stringify(String(text)));
  }
  const latin = await place(
    join(folder, 'latin.csv'),
    Buffer.from('path,label\na.png,x\nb.png,gr\u00f6\u00dfe\n', 'latin1'),
  );
  await assert.rejects(
    list(latin),
    /data\.labelled\.path: ".*latin\.csv" can't be read as text: line 3 is not UTF-8: save it as UTF-8/,
  );
  const twice = await place(join(folder, 'twice.csv'), 'path,label,label\na.png,x,y\n');
  await assert.rejects(list(twice), /names the column "label" twice/);
});

test('line numbers count from the start of the file, whatever its line ends are', async (context) => {
  const folder = await temporaryFolder(context);
  for (const [name, end] of [
    ['lf', '\n'],
    ['cr', '\r'],
    ['crlf', '\r\n'],
  ] as const) {
    const text = ['sep=;', 'path;label', 'a.png;1', '', 'b.png;2', ''].join(end);
    const { pictures } = await list(await place(join(folder, `${name}.csv`), text));
    assert.deepEqual(
      pictures.map(({ missing }) => missing!.replace(/ of .*/, '')),
      ['line 3', 'line 5'],
      name,
    );
  }
});

test('paths that Windows wrote are found; drives, network shares and URLs are refused', async (context) => {
  const folder = await temporaryFolder(context);
  await place(join(folder, 'in', 'cat', '1.png'), 'x');
  await place(join(folder, 'od\\d.png'), 'x');
  const rows = ['in\\cat\\1.png,cat', '.\\in/cat\\1.png,cat', 'od\\d.png,cat'];
  const { pictures } = await list(await place(join(folder, 'a.csv'), `path,label\n${rows.join('\n')}\n`));
  assert.deepEqual(
    pictures.map(({ name, missing }) => [name, missing]),
    [
      [join(folder, 'in/cat/1.png'), undefined],
      [join(folder, 'in/cat/1.png'), undefined],
      [join(folder, 'od\\d.png'), undefined],
    ],
  );
  const drive = await place(join(folder, 'b.csv'), 'path,label\nC:\\data\\1.png,cat\n');
  await assert.rejects(
    list(drive),
    /line 2 of .* names the picture "C:\\data\\1\.png", but "C:\\" is a drive of a Windows computer: write paths relative/,
  );
  const share = await place(join(folder, 'c.csv'), 'path,label\n\\\\nas\\1.png,cat\n');
  await assert.rejects(list(share), /it is a share of a Windows network/);
  for (const url of ['https://pictures.org/1.png', 'file:///data/1.png', 's3://bucket/1.png']) {
    const file = await place(join(folder, 'd.csv'), `path,label\n${url},cat\n`);
    await assert.rejects(list(file), /line 2 of .*, but it is a URL \((https|file|s3):\)/);
  }
});
