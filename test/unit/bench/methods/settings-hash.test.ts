import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settingsHash } from '../../../../bench/methods/settings-hash.js';

test('settings have the same hash in any order of keys', () => {
  const one = { steps: 3, network: { kind: 'residual', width: 8 }, classes: [2, 1] };
  const other = { classes: [2, 1], network: { width: 8, kind: 'residual' }, steps: 3 };
  assert.equal(settingsHash(one), settingsHash(other));
});

test('any change of a setting changes the hash, including the order of a list', () => {
  const settings = { steps: 3, network: { width: 8 }, classes: [2, 1] };
  const changed = [
    { ...settings, steps: 4 },
    { ...settings, network: { width: 9 } },
    { ...settings, classes: [1, 2] },
    { ...settings, more: true },
  ];
  const hashes = [settings, ...changed].map(settingsHash);
  assert.equal(new Set(hashes).size, hashes.length);
});

test('an undefined value counts as absent', () => {
  assert.equal(settingsHash({ steps: 3, noised: undefined }), settingsHash({ steps: 3 }));
});
