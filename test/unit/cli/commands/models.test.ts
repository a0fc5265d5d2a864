import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { openStore } from '../../../../storage/open-store.js';
import { callApprentice } from '../../../support/call-apprentice.js';
import { temporaryFolder } from '../../../support/picture-files.js';
import { promoted } from '../../../support/promoted.js';

test('models lists what it can: stray files and a damaged line are named', async (context) => {
  const home = await temporaryFolder(context);
  const store = openStore(join(home, 'store'));
  for (const line of ['clothes', 'shoes'])
    await promoted(store, {
      ...{ line, modelKey: 'm', runId: `run-${line}`, generation: 0, validationAccuracy: 0.8 },
      ...{ classes: ['bag'], image: { height: 8, width: 8, channels: 1 }, parameters: 1, datasetHash: 'd' },
    });
  await store.write('registry/clothes/00000001.json~', Buffer.from('x'));
  const strays = await callApprentice(home, ['models']);
  assert.equal(strays.code, 0, strays.stderr);
  assert.match(strays.stdout, /clothes@1.*shoes@1/s);
  assert.match(strays.stderr, /! registry\/clothes\/00000001\.json~ in .* is no record of the registry/);

  await store.write('registry/clothes/00000001.json', Buffer.from('{"sha'));
  const damaged = await callApprentice(home, ['models']);
  assert.equal(damaged.code, 1);
  assert.match(damaged.stdout, /shoes@1/s);
  assert.doesNotMatch(damaged.stdout, /clothes@1/);
  assert.match(damaged.stderr, /! artifact "registry\/clothes\/00000001\.json".*Restore it from a backup/);
});
