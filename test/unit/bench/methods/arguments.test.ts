import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readArguments } from '../../../../bench/methods/arguments.js';

test('without a word: the full version on three seeds', () => {
  const { short, seeds, labels, only, command } = readArguments([]);
  assert.deepEqual(
    { short, seeds, labels, only },
    { short: false, seeds: 3, labels: [10, 40, 100], only: undefined },
  );
  assert.equal(command, 'npm run bench:methods');
});

test('the short version has one seed unless told otherwise', () => {
  assert.equal(readArguments(['--short']).seeds, 1);
  assert.equal(readArguments(['--short', '--seeds', '2']).seeds, 2);
});

test('the command says what matters to the figures', () => {
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

test('numbers that are none are refused by name, unknown options too', () => {
  assert.throws(
    () => readArguments(['--seeds', '0']),
    /--seeds: received "0", expected a whole number above 0/,
  );
  assert.throws(() => readArguments(['--labels', '10,ten']), /--labels: received "ten"/);
  assert.throws(() => readArguments(['--sedes', '3']), /--sedes/);
});
