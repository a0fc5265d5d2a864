import assert from 'node:assert/strict';
import { mkdir, rename, symlink } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type TestContext, test } from 'node:test';
import { modelSpec } from '../../../../domain/config/model.js';
import { allowModulesIn } from '../../../../learning/models/allowed-modules.js';
import { buildNetwork } from '../../../../learning/models/network.js';
import { networkHash } from '../../../../learning/models/network-hash.js';
import { place, temporaryFolder } from '../../../support/picture-files.js';

/** Leaves a mark when it is executed. */
const MODULE = 'globalThis.executed = true; export function build() {}';
const NEEDS = {
  image: { height: 8, width: 8, channels: 1 },
  classes: 2,
  dropout: 0,
  stochasticDepth: 0,
  seed: 1,
} as const;

async function scene(context: TestContext) {
  const folder = await temporaryFolder(context);
  const allowed = join(folder, 'allowed');
  await mkdir(allowed);
  allowModulesIn([allowed]);
  delete (globalThis as { executed?: boolean }).executed;
  const outside = await place(join(folder, 'outside.mjs'), MODULE);
  const inside = await place(join(allowed, 'inside.mjs'), MODULE);
  const specAt = (path: string) => modelSpec.parse({ kind: 'module', path });
  return {
    ...{ folder, allowed, outside, inside },
    build: (path: string) => buildNetwork(specAt(path), NEEDS, { field: 'models[1]' }),
    hash: (path: string) => networkHash(specAt(path), 'models[1].path'),
  };
}

async function assertRefused({ build, hash }: Awaited<ReturnType<typeof scene>>, path: string) {
  const refused = { name: 'ConfigurationError', message: /^models\[1\].*expected one within .*--modules/s };
  await assert.rejects(build(path), refused);
  await assert.rejects(hash(path), refused);
  assert.equal((globalThis as { executed?: boolean }).executed, undefined);
}

test('a module outside of the allowed folders is refused before it is read or executed', async (context) => {
  const one = await scene(context);
  await assertRefused(one, one.outside);
  await assertRefused(one, join(one.allowed, '..', 'outside.mjs'));
  await assertRefused(one, relative(process.cwd(), one.outside));
  // A folder whose name only starts alike.
  await mkdir(`${one.allowed}-not`);
  await assertRefused(one, await place(join(`${one.allowed}-not`, 'net.mjs'), MODULE));
});

test('a link in an allowed folder does not lead out of it, neither a file’s nor a folder’s', async (context) => {
  const one = await scene(context);
  await symlink(one.outside, join(one.allowed, 'link.mjs'));
  await assertRefused(one, join(one.allowed, 'link.mjs'));
  await symlink(one.folder, join(one.allowed, 'up'));
  await assertRefused(one, join(one.allowed, 'up', 'outside.mjs'));
});

test('a module is allowed through a link to its folder, and a module elsewhere through a link that leads in', async (context) => {
  const one = await scene(context);
  await assert.rejects(one.build(one.inside), { name: 'ModelError', message: /build returned nothing/ });
  await rename(one.allowed, join(one.folder, 'real'));
  await symlink(join(one.folder, 'real'), one.allowed);
  await symlink(join(one.folder, 'real', 'inside.mjs'), join(one.folder, 'in.mjs'));
  for (const path of [one.inside, join(one.folder, 'in.mjs')]) {
    await assert.rejects(one.build(path), { name: 'ModelError', message: /build returned nothing/ });
  }
});

test('a process that was told no folder loads no module', async (context) => {
  const one = await scene(context);
  allowModulesIn([]);
  await assertRefused(one, one.inside);
});
