import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { detectSource } from '../../../../cli/survey/detect-source.js';
import { trainingFirst } from '../../../../cli/survey/training-first.js';
import { encodePicture, place, placeClasses, temporaryFolder } from '../../../support/picture-files.js';

const CSV = 'path,label\nimages/1.png,cat\n';

async function folderOf(context: TestContext, files: Readonly<Record<string, string | Uint8Array>>) {
  const folder = await temporaryFolder(context);
  for (const [name, content] of Object.entries(files)) await place(join(folder, name), content);
  return folder;
}

describe('apprentice data', () => {
  it('prefers training, then labels, then other names, and parts for measuring last', () => {
    assert.deepEqual(
      trainingFirst([
        'test.csv',
        'val.csv',
        'a.csv',
        'Labels.csv',
        'training.csv',
        'train_v2.csv',
        'sample_submission.csv',
      ]),
      ['train_v2.csv', 'training.csv', 'Labels.csv', 'a.csv', 'val.csv', 'test.csv', 'sample_submission.csv'],
    );
    assert.deepEqual(
      trainingFirst(['t10k-images-idx3-ubyte', 'train-images-idx3-ubyte'])[0],
      'train-images-idx3-ubyte',
    );
  });

  it('opens no hidden file, takes train.csv where test.csv is there too, and names both', async (context) => {
    const folder = await folderOf(context, {
      '._labels.csv': '\0',
      'test.csv': CSV,
      'train.csv': CSV,
      '@eaDir/x': '',
    });
    const { source, remarks } = await detectSource(folder, {});
    assert.deepEqual(source, {
      format: 'csv',
      path: join(folder, 'train.csv'),
      pathColumn: 'path',
      labelColumn: 'label',
    });
    assert.match(remarks[0]!, /^inspected ".*train\.csv", not ".*test\.csv": inspect each by itself$/);
    assert.match(remarks[1]!, /^passed over hidden or system entries: ".*\._labels\.csv", ".*@eaDir"$/);
    const only = await folderOf(context, { '._labels.csv': '\0', 'labels.csv': CSV });
    assert.equal((await detectSource(only, {})).source.format, 'csv');
  });

  it('takes the training file of IDX, and all training batches of CIFAR', async (context) => {
    const idx = await folderOf(context, {
      't10k-images-idx3-ubyte.gz': '',
      't10k-labels-idx1-ubyte.gz': '',
      'train-images-idx3-ubyte.gz': '',
      'train-labels-idx1-ubyte.gz': '',
    });
    assert.deepEqual((await detectSource(idx, {})).source, {
      format: 'idx',
      images: join(idx, 'train-images-idx3-ubyte.gz'),
      labels: join(idx, 'train-labels-idx1-ubyte.gz'),
    });
    const cifar = await folderOf(context, {
      'data_batch_1.bin': '',
      'data_batch_2.bin': '',
      'test_batch.bin': '',
    });
    const { source, remarks } = await detectSource(cifar, {});
    assert.deepEqual(source.format === 'cifar' && source.paths.length, 2);
    assert.match(remarks[0]!, /not ".*test_batch\.bin"/);
  });

  it('takes a CSV file of labels beside one folder of pictures', async (context) => {
    const folder = await folderOf(context, { 'images/1.png': await encodePicture(1), 'labels.csv': CSV });
    assert.equal((await detectSource(folder, {})).source.format, 'csv');
    const other = await folderOf(context, {
      'images/1.png': await encodePicture(1),
      'colours.csv': 'name;hex\na;b\n',
    });
    assert.equal((await detectSource(other, {})).source.format, 'folder');
  });

  it('looks into the only folder of an unpacked archive', async (context) => {
    const folder = await temporaryFolder(context);
    await placeClasses(join(folder, 'pets'), { cat: 1, dog: 1 });
    await place(join(folder, '__MACOSX', 'pets', '._cat'), 'x');
    const { source, remarks } = await detectSource(folder, {});
    assert.deepEqual(source, { format: 'class-folders', path: join(folder, 'pets') });
    assert.match(
      remarks.join('\n'),
      /inspected ".*pets"\npassed over hidden or system entries: ".*__MACOSX"/,
    );
  });

  it('takes the folder of labelled pictures beside one of unlabelled ones', async (context) => {
    const folder = await temporaryFolder(context);
    await placeClasses(join(folder, 'labelled'), { cat: 1, dog: 1 });
    await place(join(folder, 'unlabelled', '1.png'), await encodePicture(7));
    const { source } = await detectSource(folder, {});
    assert.deepEqual(source, { format: 'class-folders', path: join(folder, 'labelled') });
  });
});
