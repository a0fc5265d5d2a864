import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPathKey, withAbsolutePaths } from '../../../client/config-paths.js';

test('files of answers are taken from the configuration’s folder', () => {
  const labelled = { format: 'class-folders', path: 'photos' };
  const absolute = (answers: unknown) =>
    withAbsolutePaths({ data: { labelled, answers } }, '/home/me').data.answers;
  assert.equal(absolute('next.csv'), '/home/me/next.csv');
  assert.deepEqual(absolute(['next.csv', '/lists/more.csv']), ['/home/me/next.csv', '/lists/more.csv']);
  assert.ok(isPathKey('data.answers') && isPathKey('data.answers.1'));
  assert.ok(!isPathKey('data.labelsPerClass'));
});
