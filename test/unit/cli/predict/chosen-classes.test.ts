import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chosenClasses } from '../../../../cli/predict/chosen-classes.js';
import { ConfigurationError } from '../../../../domain/errors.js';

const CLASSES = ['ankle boot', 'bag', 'hat, cap', 'シャツ', 'é'];
const chosen = (...asked: string[]) => chosenClasses(asked, CLASSES, 'clothes@2');

test('classes are named with commas between them, or one by one, in any order', () => {
  assert.deepEqual(chosen('bag,ankle boot'), [0, 1]);
  assert.deepEqual(chosen('シャツ', 'bag , シャツ'), [1, 3]);
  assert.deepEqual(chosen('e\u0301'), [4]);
});

test('a class whose name has a comma is one where it stands alone', () => {
  assert.deepEqual(chosen('hat, cap', 'bag'), [1, 2]);
});

test('an unknown class is refused, with the nearest one and those that there are', () => {
  assert.throws(
    () => chosen('bag,ankle-bot'),
    (error) =>
      error instanceof ConfigurationError &&
      error.message ===
        '--classes: received "ankle-bot" (did you mean ankle boot?), expected classes of clothes@2: ankle boot, bag, hat, cap, シャツ, é',
  );
  assert.throws(() => chosen(''), /--classes: received "", expected classes of clothes@2/);
});

test('of many classes, some are named', () => {
  const many = Array.from({ length: 30 }, (_, index) => `class ${index}`);
  assert.throws(() => chosenClasses(['elephant'], many, 'zoo@1'), /class 19 and 10 more$/);
});
