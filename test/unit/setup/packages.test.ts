import assert from 'node:assert/strict';
import { test } from 'node:test';
import { installedProblem, lockedCount } from '../../../setup/packages/installed-packages.mjs';
import { temporaryFolder, writeFiles } from './support.js';

const A = { version: '1.0.0', integrity: 'sha512-a' };
const B = { version: '2.0.0', integrity: 'sha512-b' };
const FOR_ANOTHER_PLATFORM = { version: '3.0.0', integrity: 'sha512-c', optional: true };

function project(installed: object | undefined) {
  const root = temporaryFolder();
  const locked = {
    '': { name: 'apprentice' },
    'node_modules/a': A,
    'node_modules/a/node_modules/@scope/b': B,
    'node_modules/c': FOR_ANOTHER_PLATFORM,
  };
  writeFiles(root, { 'package-lock.json': JSON.stringify({ packages: locked }) });
  if (installed) {
    writeFiles(root, { 'node_modules/.package-lock.json': JSON.stringify({ packages: installed }) });
  }
  return root;
}

test('node_modules that matches the lock file needs no work', () => {
  const root = project({ 'node_modules/a': A, 'node_modules/a/node_modules/@scope/b': B });
  assert.equal(installedProblem(root), undefined);
  assert.equal(lockedCount(root), 2);
});

test('a missing node_modules, or one of a killed npm, is noticed', () => {
  assert.match(installedProblem(project(undefined)) ?? '', /missing or incomplete/);
});

test('a missing package, another version and a changed package are named', () => {
  assert.match(installedProblem(project({ 'node_modules/a': A })) ?? '', /^@scope\/b is missing$/);
  const other = { 'node_modules/a': { ...A, version: '1.0.1' }, 'node_modules/a/node_modules/@scope/b': B };
  assert.match(installedProblem(project(other)) ?? '', /^a is 1\.0\.1, wanted 1\.0\.0$/);
  const changed = {
    'node_modules/a': { ...A, integrity: 'sha512-x' },
    'node_modules/a/node_modules/@scope/b': B,
  };
  assert.match(installedProblem(project(changed)) ?? '', /^a is /);
});
