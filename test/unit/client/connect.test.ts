import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Apprentice } from '../../../client/apprentice.js';
import { homeOf } from '../../../domain/home.js';
import { readServerFile, writeServerFile } from '../../../storage/server-file.js';

test('without a server the error names the address and the remedy', async () => {
  const address = '127.0.0.1:1';
  const name = 'ServerUnreachableError';
  const message = /127\.0\.0\.1:1.*apprentice up.*TEMPORAL_ADDRESS/s;
  await assert.rejects(Apprentice.connect({ address, environment: {} }), { name, message });
  const environment = { TEMPORAL_ADDRESS: address };
  await assert.rejects(Apprentice.connect({ environment }), { name, message });
});

test('without a configured server the client connects to that of the home', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'apprentice-home-'));
  t.after(() => rm(folder, { recursive: true }));
  const home = homeOf({ APPRENTICE_HOME: folder });
  assert.equal(readServerFile(home), undefined);
  writeServerFile(home, { address: '127.0.0.1:2', pid: 1, uiUrl: 'http://127.0.0.1:3' });
  await assert.rejects(Apprentice.connect({ home: folder, environment: {} }), { message: /127\.0\.0\.1:2/ });
});

test('an unknown profile is a ConfigurationError', async () => {
  const expected = { name: 'ConfigurationError', message: /'nope'.*TEMPORAL_PROFILE/ };
  await assert.rejects(Apprentice.connect({ environment: { TEMPORAL_PROFILE: 'nope' } }), expected);
});
