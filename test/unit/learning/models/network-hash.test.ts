import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { modelSpec } from '../../../../domain/config/model.js';
import { allowModulesIn } from '../../../../learning/models/allowed-modules.js';
import { networkHash } from '../../../../learning/models/network-hash.js';

const folder = await mkdtemp(join(tmpdir(), 'network-hash-'));
after(() => rm(folder, { recursive: true, force: true }));

async function write(name: string, text: string): Promise<void> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

const FILES = {
  'net/main.mjs': `import { a } from './parts/a.mjs'; export * from "../shared/b.mjs";
    const later = () => import('./c.mjs?version=1'); export const build = () => [a, later];`,
  'net/parts/a.mjs': `import '../main.mjs'; import 'some-package'; export const a = 1;`,
  'shared/b.mjs': 'export const b = 2;',
  'net/c.mjs': 'export const c = 3;',
  'net/other.mjs': 'export const other = 4;',
};

async function writeModule(): Promise<void> {
  for (const [name, text] of Object.entries(FILES)) await write(name, text);
}

function moduleHashAt(root: string): Promise<string | undefined> {
  allowModulesIn([folder]);
  return networkHash(modelSpec.parse({ kind: 'module', path: join(root, 'net/main.mjs') }));
}

const savedHashAt = (path: string) => networkHash(modelSpec.parse({ kind: 'saved', path }));

test('an edit of the module or of a file that it imports changes its hash; other files do not', async () => {
  await writeModule();
  const before = await moduleHashAt(folder);
  assert.match(before!, /^[0-9a-f]{64}$/);
  for (const name of Object.keys(FILES)) {
    await write(name, `${FILES[name as keyof typeof FILES]} // edited`);
    const isImported = name !== 'net/other.mjs';
    assert.equal((await moduleHashAt(folder)) !== before, isImported, name);
    await writeModule();
  }
  assert.equal(await moduleHashAt(folder), before);
});

test('a copy of the module in another folder has the same hash', async () => {
  await writeModule();
  const copy = join(folder, 'copy/deeper');
  for (const part of ['net', 'shared']) await cp(join(folder, part), join(copy, part), { recursive: true });
  assert.equal(await moduleHashAt(copy), await moduleHashAt(folder));
});

test('an imported file that does not exist, or a source that does not parse, still has a hash', async () => {
  await writeModule();
  const whole = await moduleHashAt(folder);
  await rm(join(folder, 'net/c.mjs'));
  assert.notEqual(await moduleHashAt(folder), whole);
  await write('net/main.mjs', 'export const build = (');
  assert.match((await moduleHashAt(folder))!, /^[0-9a-f]{64}$/);
});

test('the hash of a saved model is of its model.json and its weight files, in any folder', async () => {
  await write('saved/model.json', JSON.stringify({ weightsManifest: [{ paths: ['weights.bin'] }] }));
  await write('saved/weights.bin', 'weights');
  const saved = join(folder, 'saved');
  const hash = await savedHashAt(saved);
  assert.match(hash!, /^[0-9a-f]{64}$/);
  assert.equal(await savedHashAt(join(saved, 'model.json')), hash);
  await cp(saved, join(folder, 'saved-copy'), { recursive: true });
  assert.equal(await savedHashAt(join(folder, 'saved-copy')), hash);
  await write('saved/weights.bin', 'other weights');
  assert.notEqual(await savedHashAt(saved), hash);
});

test('a network that does not exist is a ModelError that names the field and the path', async () => {
  allowModulesIn([folder]);
  const module = modelSpec.parse({ kind: 'module', path: join(folder, 'nowhere.mjs') });
  await assert.rejects(networkHash(module, 'models[1].path'), {
    name: 'ModelError',
    message: /^models\[1\]\.path: the module .*nowhere\.mjs does not load: ENOENT/,
  });
  await assert.rejects(savedHashAt(join(folder, 'nowhere')), {
    name: 'ModelError',
    message: /^model\.path: .*nowhere does not load as a tfjs LayersModel/,
  });
});

test('a residual network has no hash: its configuration defines it', async () => {
  assert.equal(await networkHash(modelSpec.parse({ kind: 'residual' })), undefined);
});

test('a saved model reads no file outside of its folder, and no pipe', async () => {
  await write('model/model.json', '{}');
  await write('secret.bin', 'secret');
  await symlink(join(folder, 'secret.bin'), join(folder, 'model/link.bin'));
  const hashWith = async (weights: string) => {
    await write('model/model.json', JSON.stringify({ weightsManifest: [{ paths: [weights] }] }));
    return savedHashAt(join(folder, 'model'));
  };
  for (const weights of ['../secret.bin', 'link.bin']) {
    const message = /lists the weight file ".*which lies elsewhere/;
    await assert.rejects(hashWith(weights), { name: 'ModelError', message });
  }
  execFileSync('mkfifo', [join(folder, 'model/pipe.bin')]);
  await assert.rejects(hashWith('pipe.bin'), { name: 'ModelError', message: /a pipe, socket or device/ });
});
