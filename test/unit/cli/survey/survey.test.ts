import assert from 'node:assert/strict';
import { copyFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import sharp from 'sharp';
import { detectSource, sourceText } from '../../../../cli/survey/detect-source.js';
import { hintsOf, imbalance } from '../../../../cli/survey/hints.js';
import { sampleSheet } from '../../../../cli/survey/sample-sheet.js';
import { surveyLines } from '../../../../cli/survey/survey-text.js';
import { textOf } from '../../../../cli/view/line.js';
import { DataError } from '../../../../domain/errors.js';
import { listSource } from '../../../../learning/datasets/sources/list-source.js';
import { surveyListing } from '../../../../learning/survey/survey-listing.js';
import { encodePicture, place, placeClasses, temporaryFolder } from '../../../support/picture-files.js';

async function surveyOf(folder: string) {
  const { source, remarks } = await detectSource(folder, {});
  const listing = await listSource(source, { field: 'folder', wantsLabels: true, watch: () => undefined });
  const survey = await surveyListing(listing, () => undefined);
  return { source, remarks, listing, survey, hints: hintsOf(survey) };
}

/** Three cats, six dogs of another size; a dog among the cats, another encoding of a cat, and a broken file. */
async function mixed(context: TestContext): Promise<string> {
  const folder = await placeClasses(await temporaryFolder(context), { cat: 3 });
  await placeClasses(folder, { dog: 6 }, 50, { width: 12, channels: 3 });
  await copyFile(join(folder, 'dog', '2.png'), join(folder, 'cat', 'dog.png'));
  const again = await sharp(join(folder, 'cat', '0.png'))
    .png({ compressionLevel: 0, palette: false })
    .toBuffer();
  await place(join(folder, 'cat', 'again.png'), again);
  await place(join(folder, 'dog', 'broken.png'), 'nothing of the kind');
  return folder;
}

describe('survey', () => {
  it('counts classes, sizes and kinds; finds copies by pixels, and those across classes', async (context) => {
    const folder = await mixed(context);
    const { survey } = await surveyOf(folder);
    assert.deepEqual(survey.classes, [
      { name: 'cat', pictures: 5, unreadable: 0 },
      { name: 'dog', pictures: 6, unreadable: 1 },
    ]);
    assert.equal(survey.pictures, 12);
    assert.equal(survey.readable, 11);
    assert.deepEqual(survey.sizes?.width, { least: 8, median: 12, most: 12 });
    assert.deepEqual(survey.sizes?.frequent, [
      { width: 12, height: 8, pictures: 7 },
      { width: 8, height: 8, pictures: 4 },
    ]);
    assert.deepEqual([survey.kinds.gray, survey.kinds.colour, survey.kinds.colourless], [3, 8, 1]);
    assert.equal(survey.copies.redundant, 2);
    assert.deepEqual(survey.copies.conflicts, [
      [
        { name: join(folder, 'cat', 'dog.png'), label: 'cat' },
        { name: join(folder, 'dog', '2.png'), label: 'dog' },
      ],
    ]);
    assert.equal(survey.unreadable[0]?.picture, join(folder, 'dog', 'broken.png'));
  });

  it('gives hints for the configuration', async (context) => {
    const { hints } = await surveyOf(await mixed(context));
    const text = hints.join('\n');
    for (const expected of [
      /2 sizes: set data\.image\.width and data\.image\.height/,
      /3 gray and 8 colour pictures: set data\.image\.colour/,
      /"cat" has 5 pictures: set data\.validationPerClass \(default 100\) to about 1/,
      /1 picture is in more than one class/,
      /2 copies of other pictures/,
      /8\.3% can’t be read, more than data\.maxRejectedShare/,
    ]) {
      assert.match(text, expected);
    }
    const even = await placeClasses(await temporaryFolder(context), { a: 2, b: 24 });
    const { survey, hints: ofEven } = await surveyOf(even);
    assert.equal(imbalance(survey.classes), 12);
    assert.match(ofEven[0]!, /all pictures are 8 x 8 gray: data\.image can stay unset/);
    assert.match(ofEven.join('\n'), /classes differ 12-fold in size: "a" with 2/);
  });

  it('fits a terminal of 80 columns, names pictures from their folder', async (context) => {
    const folder = await mixed(context);
    const { survey, source, hints, remarks } = await surveyOf(folder);
    const view = { title: 'pets', root: folder, source: sourceText(source), remarks, hints, columns: 80 };
    const lines = surveyLines(survey, view).map((line) =>
      textOf(line, { columns: Number.POSITIVE_INFINITY, colour: false }),
    );
    assert.deepEqual(
      lines.filter((line) => line.length > 80),
      [],
    );
    assert.match(lines.join('\n'), /cat\/dog\.png \(cat\) = dog\/2\.png \(dog\)/);
    assert.match(lines.join('\n'), /dog {2}6 {2}█+ 1 unreadable/);
  });

  it('draws samples of each class, conflicts, and names what can not be read', async (context) => {
    const { survey, listing } = await surveyOf(await mixed(context));
    const { rows, foot } = await sampleSheet('pets', listing, survey);
    assert.deepEqual(
      rows.map(({ title, cells }) => [title?.[0], cells.length]),
      [
        ['cat', 5],
        ['dog', 6],
        ['Same pixels', 2],
      ],
    );
    assert.match(foot?.[1] ?? '', /broken\.png: neither JPEG/);
  });
});

describe('the detected source of a folder', () => {
  it('class folders, parts of a data set, a plain folder', async (context) => {
    const folder = await temporaryFolder(context);
    await placeClasses(join(folder, 'train'), { a: 1, b: 1 });
    assert.deepEqual((await detectSource(join(folder, 'train'), {})).source, {
      ...{ format: 'class-folders', path: join(folder, 'train') },
    });
    await placeClasses(join(folder, 'test'), { a: 1, b: 1 });
    const { source, remarks } = await detectSource(folder, {});
    assert.deepEqual(source, { format: 'class-folders', path: join(folder, 'train') });
    assert.match(remarks.join(), /inspected ".*train", not ".*test": inspect each/);
    await place(join(folder, 'train', 'loose.png'), await encodePicture(1));
    const { leftOut } = (await surveyOf(join(folder, 'train'))).survey;
    assert.deepEqual(leftOut, [
      { kind: 'loose', count: 1, examples: [{ name: join(folder, 'train', 'loose.png') }] },
    ]);
    assert.equal((await detectSource(join(folder, 'train', 'a'), {})).source.format, 'folder');
  });

  it('CSV, IDX and CIFAR files, by their names or the given format', async (context) => {
    const folder = await temporaryFolder(context);
    const csv = await place(join(folder, 'list.csv'), 'path,label\na.png,cat\n');
    assert.equal((await detectSource(csv, {})).source.format, 'csv');
    assert.equal((await detectSource(folder, {})).source.format, 'csv');
    await assert.rejects(detectSource(csv, { labels: 'x' }), {
      name: 'ConfigurationError',
      message: '--labels: received "x", expected it with the format idx only; this is csv',
    });
    await assert.rejects(
      detectSource(folder, { format: 'folder', pathColumn: 'x' }),
      /^ConfigurationError: --path-column: /,
    );
    await place(join(folder, 'train-images-idx3-ubyte.gz'), '');
    await place(join(folder, 'train-labels-idx1-ubyte.gz'), '');
    assert.deepEqual((await detectSource(folder, { format: 'idx' })).source, {
      format: 'idx',
      images: join(folder, 'train-images-idx3-ubyte.gz'),
      labels: join(folder, 'train-labels-idx1-ubyte.gz'),
    });
    await place(join(folder, 'data_batch_1.bin'), '');
    assert.deepEqual((await detectSource(folder, { format: 'cifar' })).source, {
      ...{ format: 'cifar', paths: [join(folder, 'data_batch_1.bin')], variant: 'cifar10' },
    });
  });

  it('files in the only folder, as archives unpack; a link back is not entered', async (context) => {
    const folder = await temporaryFolder(context);
    const images = await place(join(folder, 'FashionMNIST', 'raw', 'train-images-idx3-ubyte.gz'), '');
    await place(join(folder, 'README.txt'), 'x');
    await symlink(folder, join(folder, 'back'));
    const { source, remarks } = await detectSource(folder, {});
    assert.deepEqual(source, { format: 'idx', images });
    assert.deepEqual(remarks[1], `inspected "${join(folder, 'FashionMNIST', 'raw')}"`);
    assert.deepEqual((await detectSource(folder, { format: 'idx' })).source, source);
    await place(join(folder, 'other', 'notes.txt'), 'x');
    await assert.rejects(detectSource(folder, {}), /found no JPEG, PNG or WebP pictures/);
  });

  it('is an error without data', async (context) => {
    const folder = await temporaryFolder(context);
    const cases: Array<[path: string, reason: RegExp]> = [
      [
        join(folder, 'none'),
        /folder: received ".*none" and found nothing there, expected a folder of pictures/,
      ],
      [folder, /found no JPEG, PNG or WebP pictures in it/],
      [await place(join(folder, 'notes.txt'), 'x'), /received the file .*--format says which/],
    ];
    for (const [path, reason] of cases) {
      await assert.rejects(
        detectSource(path, {}),
        (error) => error instanceof DataError && reason.test(error.message),
      );
    }
  });
});
