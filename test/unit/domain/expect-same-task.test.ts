import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expectImageShape, expectSameTask, expectTeacher } from '../../../domain/expect-same-task.js';
import type { DatasetRecord } from '../../../domain/records.js';

const dataset: Pick<DatasetRecord, 'classes' | 'classNumbers' | 'image'> = {
  classes: ['bag', 'boot', 'coat'],
  image: { width: 12, height: 10, channels: 1 },
};
const model = { reference: 'clothes', name: 'clothes@3', outputs: 3, ...dataset };
const WHO = 'teachers[0]: received clothes (clothes@3)';

test('a model with the data’s classes is accepted, and the labels follow its class order', () => {
  assert.equal(expectSameTask('model', model, dataset).classNumbers, undefined);
  const other = { ...model, classes: ['coat', 'bag', 'boot'] };
  const { classes, classNumbers } = expectSameTask('model', other, dataset);
  assert.deepEqual([classes, classNumbers], [other.classes, [1, 2, 0]]);
  const { classes: _, ...foreign } = model;
  assert.equal(expectSameTask('model', foreign, dataset), dataset);
});

for (const [what, change, message] of [
  ['other classes', { classes: ['bag', 'boot', 'hat'] }, / with the classes bag, boot, hat, expected those /],
  [
    'fewer classes',
    { classes: ['bag', 'boot'] },
    / with the classes bag, boot, expected those of the data, bag, boot, coat: transfer the model to these classes, or correct data.labelled$/,
  ],
  [
    'another number of them',
    { classes: undefined, outputs: 4 },
    / with 4 classes, expected the 3 of the data: transfer the model to these classes, or correct data.labelled$/,
  ],
  [
    'other sides',
    { image: { width: 10, height: 12, channels: 1 } },
    /, which takes 10 x 12 pictures in gray/,
  ],
  ['other colours', { image: { width: 12, height: 10, channels: 3 } }, /, which takes 12 x 10 .* in colour/],
] as const) {
  test(`a model of ${what} is refused with its field and both of its names`, () => {
    const { classes, ...rest } = { ...model, ...change };
    const received = classes ? { ...rest, classes } : rest;
    for (const expected of [expectSameTask, expectTeacher]) {
      assert.throws(
        () => expected('teachers[0]', received, dataset),
        ({ name, message: said }: Error) =>
          name === 'ModelError' && said.startsWith(WHO) && message.test(said.slice(WHO.length)),
      );
    }
  });
}

test('expectImageShape compares only the image shape', () => {
  expectImageShape('from', { ...model, classes: ['hat'] }, dataset.image);
  assert.throws(
    () => expectImageShape('from', model, { ...dataset.image, width: 11 }),
    /^ModelError: from: received clothes \(clothes@3\), which takes 12 x 10 .*expected a model for the data's 11 x 10/,
  );
});

test('a model whose classes never competed can be measured, but not used as a teacher', () => {
  const apart = { ...model, taskBoundary: 2 };
  expectSameTask('models[0]', apart, dataset);
  assert.throws(
    () => expectTeacher('teacher.from', apart, dataset),
    /^ModelError: teacher\.from: received clothes \(clothes@3\), whose classes bag, boot never learnt to compete with coat, .*heads: joint$/,
  );
});
