import assert from 'node:assert/strict';
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { dataConfig } from '../../../../domain/config/data.js';
import { joinLeftOut, type LeftOut, leftOutList, leftOutText } from '../../../../domain/left-out.js';
import { readSealed } from '../../../../domain/sealed-record.js';
import { prepareDataset } from '../../../../learning/datasets/prepare.js';
import { surveyData } from '../../../../learning/datasets/survey.js';
import { openStore } from '../../../../storage/open-store.js';
import { likeSamsung } from '../../../support/odd-jpegs.js';
import { encodePicture, place, placeClasses, temporaryFolder } from '../../../support/picture-files.js';

const counts = (list: readonly LeftOut[]) => list.map(({ kind, count }) => [kind, count]);

/** Two classes of 8 JPEGs: a copy in the other class, a copy in the unlabelled pictures, and more that is left out. */
async function scene(folder: string) {
  const labelled = await placeClasses(join(folder, 'labelled'), { cat: 8, dog: 8 }, 0, {
    channels: 3,
    format: 'jpeg',
  });
  await copyFile(join(labelled, 'cat', '0.jpeg'), join(labelled, 'dog', 'same.jpeg'));
  await place(
    join(labelled, 'cat', 'samsung.jpg'),
    likeSamsung(await readFile(join(labelled, 'cat', '1.jpeg'))),
  );
  await place(join(labelled, 'cat', '00-gray.png'), await encodePicture(77));
  await place(join(labelled, 'cat', 'empty.png'), '');
  await place(join(labelled, 'cat', 'cat.xcf'), 'x');
  await place(join(labelled, 'loose.png'), await encodePicture(78));
  await place(join(labelled, '@eaDir', '1.jpeg'), 'x');
  const unlabelled = join(folder, 'more');
  await place(join(unlabelled, '1.jpeg'), await readFile(join(labelled, 'dog', '1.jpeg')));
  await place(join(unlabelled, '2.png'), await encodePicture(79, { channels: 3 }));
  return dataConfig.parse({
    labelled: { format: 'class-folders', path: labelled },
    unlabelled: { format: 'folder', path: unlabelled },
    validationPerClass: 2,
    maxRejectedShare: 0.1,
  });
}

describe('what a data set leaves out', () => {
  it('is counted with examples in the record, in the store and in the plan', async (context) => {
    const folder = await temporaryFolder(context);
    const data = await scene(folder);
    const store = openStore(join(folder, 'store'));
    const prepare = (run: string) =>
      prepareDataset({
        data,
        seed: 1,
        store,
        keys: { split: `runs/${run}/split`, leftOut: `runs/${run}/left-out` },
        onProgress: () => undefined,
        signal: new AbortController().signal,
      });
    const { leftOut, leftOutKey, image, counts: images } = await prepare('a');
    assert.equal(image.channels, 3);
    const expected = [
      ['unreadable', 1],
      ['contradictory', 2],
      // 1.jpeg and samsung.jpg have the same pixels; one of dog/1.jpeg and its copy goes.
      ['copy', 2],
      ['otherFile', 1],
      ['loose', 1],
      ['hidden', 1],
      ['mended', 1],
      ['toColour', 1],
    ];
    assert.deepEqual(counts(leftOut), expected);
    assert.equal(images.labelled + images.validation + images.unlabelled, 8 + 8 + 1 + 1 + 1 + 2 - 2);
    const byKind = new Map(leftOut.map((one) => [one.kind, one]));
    assert.deepEqual(
      byKind.get('contradictory')!.examples.map(({ name, reason }) => [name.split('/').at(-1), reason]),
      [
        ['0.jpeg', 'label "cat"'],
        ['same.jpeg', 'label "dog"'],
      ],
    );
    assert.match(byKind.get('mended')!.examples[0]!.name, /samsung\.jpg$/);
    assert.match(byKind.get('unreadable')!.examples[0]!.reason!, /an empty file/);
    assert.equal(leftOutText(byKind.get('toColour')!), '1 of 21 pictures is gray: expanded to colour');
    const stored = await readSealed(store, leftOutKey, leftOutList);
    assert.deepEqual(counts(stored), expected);

    // The second run reads the packed pictures from the cache.
    assert.deepEqual((await prepare('b')).leftOut, leftOut);

    const plan = await surveyData(data);
    assert.deepEqual(counts(plan.leftOut), [
      ['contradictory', 2],
      ['otherFile', 1],
      ['loose', 1],
      ['hidden', 1],
      ['toColour', 1],
    ]);
  });

  it('counts pictures of other classes', async (context) => {
    const path = await placeClasses(await temporaryFolder(context), { a: 3, b: 3, c: 4 });
    const { leftOut } = await surveyData(
      dataConfig.parse({
        labelled: { format: 'class-folders', path, only: ['a', 'b'] },
        validationPerClass: 1,
      }),
    );
    assert.deepEqual(counts(leftOut), [['otherClass', 4]]);
  });

  it('is joined by kind, with a bounded number of examples', () => {
    const many = (kind: LeftOut['kind'], count: number): LeftOut => ({
      kind,
      count,
      examples: Array.from({ length: count }, (_, at) => ({ name: `${kind} ${at}` })),
    });
    const joined = joinLeftOut([[many('hidden', 4), many('unreadable', 1)], [many('hidden', 3)]], 5);
    assert.deepEqual(
      joined.map(({ kind, count, examples }) => [kind, count, examples.length]),
      [
        ['unreadable', 1, 1],
        ['hidden', 7, 5],
      ],
    );
  });
});
