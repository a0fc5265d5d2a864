import assert from 'node:assert/strict';
import { test } from 'node:test';
import { selectClasses } from '../../../../cli/predict/select-classes.js';
import { ConfigurationError } from '../../../../domain/errors.js';

const CLASSES = ['ankle boot', 'bag', 'hat, cap', 'シャツ', 'é'];
const selected = (...given: string[]) => selectClasses(given, CLASSES, 'clothes@2');

test('classes are named with commas between them, or one by one, in any order', () => {
  assert.deepEqual(selected('bag,ankle boot'), [0, 1]);
  assert.deepEqual(selected('シャツ', 'bag , シャツ'), [1, 3]);
  assert.deepEqual(selected('e\u0301'), [4]);
});

test('a class name with a comma is not split if it stands alone', () => {
  assert.deepEqual(selected('hat, cap', 'bag'), [1, 2]);
});

test('an unknown class is refused; the error names the nearest and all classes', () => {
  assert.throws(
    () => selected('bag,ankle-bot'),
    (error) =>
      error instanceof ConfigurationError &&
      error.message ===
        '--classes: received "ankle-bot" (did you mean ankle boot?), expected classes of clothes@2: ankle boot, bag, hat, cap, シャツ, é',
  );
  assert.throws(() => selected(''), /--classes: received "", expected classes of clothes@2/);
});

test('an error names at most 20 classes', () => {
  const many = Array.from({ length: 30 }, (_, index) => `class ${index}`);
  assert.throws(() => selectClasses(['elephant'], many, 'zoo@1'), /class 19 and 10 more$/);
});
