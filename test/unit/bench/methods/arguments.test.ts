import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readArguments } from '../../../../bench/methods/arguments.js';

test('the default is the full version with three seeds', () => {
  const { short, seeds, labels, only, command } = readArguments([]);
  assert.deepEqual(
    { short, seeds, labels, only },
    { short: false, seeds: 3, labels: [10, 40, 100], only: undefined },
  );
  assert.equal(command, 'npm run bench:methods');
});

test('the short version has one seed by default', () => {
  assert.equal(readArguments(['--short']).seeds, 1);
  assert.equal(readArguments(['--short', '--seeds', '2']).seeds, 2);
});

test('the reported command has the options that affect the figures', () => {
  const words = [
    '--short',
    '--only',
    'budgets,ablation/whole',
    '--data=photos',
    '--labels',
    '20,5',
    '--out',
    'x',
  ];
  const { command, only, labels, data } = readArguments(words);
  assert.equal(command, 'npm run bench:methods -- --short --data photos --labels 20,5');
  assert.deepEqual(
    { only, labels, data },
    { only: ['budgets', 'ablation/whole'], labels: [5, 20], data: 'photos' },
  );
});

test('invalid numbers and unknown options are refused by name', () => {
  assert.throws(
    () => readArguments(['--seeds', '0']),
    /--seeds: received "0", expected a whole number above 0/,
  );
  assert.throws(() => readArguments(['--labels', '10,ten']), /--labels: received "ten"/);
  assert.throws(() => readArguments(['--sedes', '3']), /--sedes/);
});
