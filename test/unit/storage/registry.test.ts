import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import type { ArtifactStore } from '../../../domain/artifact-store.js';
import { ConfigurationError, CorruptArtifactError } from '../../../domain/errors.js';
import { openStore } from '../../../storage/open-store.js';
import {
  champion,
  championBefore,
  history,
  lines,
  rollBack,
  strayKeys,
  versions,
} from '../../../storage/registry.js';
import { promoted } from '../../support/promoted.js';

let root: string;
let store: ArtifactStore;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'apprentice-registry-'));
  store = openStore(root);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const CAUSE = { by: 'gate', reason: 'better' };

function model(runId: string, generation: number, line = 'clothes') {
  return {
    line,
    modelKey: `runs/${runId}/generation-${generation}/model`,
    runId,
    generation,
    validationAccuracy: 0.8,
    classes: ['bag', 'シャツ'],
    image: { height: 28, width: 28, channels: 1 as const },
    parameters: 10,
    datasetHash: 'abc',
  };
}

test('a line starts empty, and a promoted model is its champion', async () => {
  assert.deepEqual(await versions(store, 'clothes'), []);
  assert.equal(await champion(store, 'clothes'), undefined);
  const first = await promoted(store, model('a', 0), CAUSE);
  const second = await promoted(store, model('a', 1), CAUSE);
  assert.deepEqual([first.version, second.version], [1, 2]);
  assert.deepEqual(await champion(store, 'clothes'), second);
  await promoted(store, model('b', 0, 'clothes-2'), CAUSE);
  assert.equal((await versions(store, 'clothes')).length, 2);
  assert.deepEqual(await lines(store), ['clothes', 'clothes-2']);
});

test('promoting the same generation of a run twice makes one version', async () => {
  const first = await promoted(store, model('a', 0), CAUSE);
  await promoted(store, model('b', 0), CAUSE);
  assert.deepEqual(await promoted(store, model('a', 0), { by: 'somebody', reason: 'again' }), first);
  assert.equal((await champion(store, 'clothes'))?.runId, 'b');
  assert.equal((await history(store, 'clothes')).length, 2);
});

test('concurrent promotions get a version each, and the same promotion only one', async () => {
  const asked = Array.from({ length: 12 }, (_, index) =>
    promoted(store, model(`run-${index % 6}`, 0), CAUSE),
  );
  const given = await Promise.all(asked);
  assert.deepEqual(
    (await versions(store, 'clothes')).map(({ version }) => version),
    [1, 2, 3, 4, 5, 6],
  );
  for (const index of [0, 1, 2, 3, 4, 5]) assert.equal(given[index]!.version, given[index + 6]!.version);
});

test('a rollback changes the champion and keeps the log', async () => {
  const first = await promoted(store, model('a', 0), CAUSE);
  await promoted(store, model('a', 1), CAUSE);
  await rollBack(store, 'clothes', 1, { by: 'ada', reason: 'worse on shoes' });
  assert.deepEqual(await champion(store, 'clothes'), first);
  const third = await promoted(store, model('a', 2), CAUSE);
  assert.equal(third.version, 3);
  assert.deepEqual(await champion(store, 'clothes'), third);
  assert.deepEqual(
    (await history(store, 'clothes')).map(({ kind, by }) => `${kind} by ${by}`),
    ['promoted by gate', 'promoted by gate', 'rolled-back by ada', 'promoted by gate'],
  );
  await assert.rejects(rollBack(store, 'clothes', 9, CAUSE), (error: Error) => {
    return error instanceof ConfigurationError && /received 9 .* expected one of 1 to 3/.test(error.message);
  });
});

test('a run that is started again finds its first champion, or a later one of another run', async () => {
  const before = async (runId: string) => (await championBefore(store, 'clothes', runId))?.version;
  assert.equal(await before('a'), undefined);
  await promoted(store, model('a', 0), CAUSE);
  assert.equal(await before('a'), undefined);
  await promoted(store, model('b', 1), CAUSE);
  await promoted(store, model('b', 2), CAUSE);
  assert.deepEqual([await before('b'), await before('a'), await before('c')], [1, 3, 3]);
  await rollBack(store, 'clothes', 2, { by: 'ada', reason: 'worse on shoes' });
  assert.deepEqual([await before('b'), await before('c')], [1, 2]);
  await rollBack(store, 'clothes', 1, { by: 'ada', reason: 'better still' });
  assert.equal(await before('b'), 1);
});

test('a log with a missing or foreign record is refused', async () => {
  await promoted(store, model('a', 0), CAUSE);
  await promoted(store, model('a', 1), CAUSE);
  await store.write('registry/clothes/00000002.json', Buffer.from('{}'));
  await assert.rejects(champion(store, 'clothes'), CorruptArtifactError);
  await store.remove('registry/clothes/00000002.json');
  await promoted(store, model('a', 1), CAUSE);
  await store.remove('registry/clothes/00000001.json');
  await assert.rejects(
    versions(store, 'clothes'),
    /received "registry\/clothes\/00000002.json", expected "registry\/clothes\/00000001.json" before it/,
  );
});

test('a record that is damaged, exchanged or an older line’s is refused; the champion never falls back', async () => {
  const key = (number: number, line = 'clothes') => `registry/${line}/0000000${number}.json`;
  for (const generation of [0, 1, 2]) await promoted(store, model('a', generation), CAUSE);
  for (const generation of [0, 1, 2]) await promoted(store, model('b', generation, 'shoes'), CAUSE);
  const records = await Promise.all([1, 2, 3].map((number) => store.read(key(number))));
  const refused = async (number: number, bytes: Uint8Array) => {
    await store.write(key(number), bytes);
    await assert.rejects(champion(store, 'clothes'), (error: Error) => {
      assert.ok(error instanceof CorruptArtifactError);
      assert.match(error.message, new RegExp(`registry/clothes/0000000${number}.json.*Restore it`));
      return true;
    });
    await store.write(key(number), records[number - 1]!);
  };
  await refused(3, records[2]!.slice(0, 40));
  await refused(3, records[1]!);
  await refused(1, await store.read(key(1, 'shoes')));
  // A record that is valid in itself, of another store.
  const elsewhere = openStore(join(root, 'elsewhere'));
  for (const generation of [5, 6]) await promoted(elsewhere, model('c', generation), CAUSE);
  await refused(2, await elsewhere.read(key(2)));
  assert.equal((await champion(store, 'clothes'))?.version, 3);
  assert.equal((await champion(store, 'shoes'))?.version, 3);
});

test('a folder in the place of the next record is an error, and no endless wait', async () => {
  await promoted(store, model('a', 0), CAUSE);
  await store.write('registry/clothes/00000002.json/x', Buffer.from('x'));
  await assert.rejects(promoted(store, model('a', 1), CAUSE), /clothes\/00000002\.json.*move the folder/);
});

test('stray files in the registry are no lines and no records; they are named', async () => {
  await promoted(store, model('a', 0), CAUSE);
  const stray = [
    'clothes/00000001.json~',
    'clothes/notes.txt',
    'clothes/old/00000001.json',
    'list.txt',
    'empty/x',
  ];
  for (const name of stray) await store.write(`registry/${name}`, Buffer.from('x'));
  assert.deepEqual(await lines(store), ['clothes']);
  assert.equal((await champion(store, 'clothes'))?.version, 1);
  assert.equal((await promoted(store, model('a', 1), CAUSE)).version, 2);
  assert.deepEqual(await strayKeys(store), stray.map((name) => `registry/${name}`).sort());
});
