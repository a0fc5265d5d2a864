import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { dataSource } from '../../../../../domain/config/data.js';
import { listSource } from '../../../../../learning/datasets/sources/list-source.js';
import { isSystemName } from '../../../../../learning/datasets/sources/system-names.js';
import { encodePicture, place, placeClasses, temporaryFolder } from '../../../../support/picture-files.js';

const CONTEXT = { field: 'data.labelled', wantsLabels: true, watch: () => undefined };

describe('hidden and system names', () => {
  it('are recognised in any case', () => {
    for (const name of [
      ...['._labels.csv', '.DS_Store', '.ipynb_checkpoints', '.git', '__MACOSX', '__macosx'],
      ...['Thumbs.db', 'THUMBS.DB', 'desktop.ini', '$RECYCLE.BIN', 'System Volume Information'],
      ...[
        '@eaDir',
        '@EADIR',
        '#recycle',
        '@Recycle',
        'lost+found',
        'FOUND.000',
        '~$labels.csv',
        '__pycache__',
      ],
    ]) {
      assert.ok(isSystemName(name), name);
    }
    for (const name of [
      'cat',
      'eaDir',
      'thumbs',
      'recycled',
      '_hidden',
      'MACOSX',
      '#1',
      '~cat',
      'found.png',
    ]) {
      assert.ok(!isSystemName(name), name);
    }
  });

  it('are skipped and named in every kind of folder; a path that a row names is used', async (context) => {
    const root = await placeClasses(await temporaryFolder(context), { cat: 2, dog: 2 });
    const picture = await encodePicture(9);
    const hidden = [
      '__MACOSX/cat/._1.png',
      '@eaDir/cat/1.png',
      'cat/@eaDir/0.png/THUMB.png',
      'dog/._0.png',
      'Thumbs.db',
    ];
    for (const path of hidden) await place(join(root, path), picture);
    await place(join(root, 'dog', 'notes.txt'), 'x');
    const labelled = await listSource(dataSource.parse({ format: 'class-folders', path: root }), CONTEXT);
    assert.deepEqual([labelled.classes, labelled.pictures.length], [['cat', 'dog'], 4]);
    const names = ['@eaDir', 'Thumbs.db', '__MACOSX', 'cat/@eaDir', 'dog/._0.png'];
    const folder = await listSource(dataSource.parse({ format: 'folder', path: root }), CONTEXT);
    for (const { leftOut } of [labelled, folder]) {
      assert.deepEqual(
        leftOut.map(({ kind, count }) => [kind, count]),
        [
          ['otherFile', 1],
          ['hidden', 5],
        ],
      );
      const found = leftOut[1]!.examples.map(({ name }) => name).sort();
      assert.deepEqual(found, names.map((name) => join(root, name)).sort());
    }
    const path = await place(join(root, 'labels.csv'), 'path,label\ndog/._0.png,dog\n');
    const listed = await listSource(dataSource.parse({ format: 'csv', path }), CONTEXT);
    assert.equal(listed.pictures[0]!.missing, undefined);
  });
});
