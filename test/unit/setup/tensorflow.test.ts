import assert from 'node:assert/strict';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { chooseEngine } from '../../../setup/tensorflow/choose-engine.mjs';
import { compileArguments } from '../../../setup/tensorflow/compile-add-ons.mjs';
import { isUnpacked, unpackedManifest } from '../../../setup/tensorflow/engine-parts.mjs';
import { engineRelease } from '../../../setup/tensorflow/wheels.mjs';
import { pipDownloadArguments } from '../../../setup/wheels/fetch-wheel.mjs';
import { temporaryFolder } from './support.js';

test('each wheel is one pinned file with its name in the package index', () => {
  const engines = [
    engineRelease('cpu', 'linux-x64'),
    engineRelease('gpu', 'linux-x64'),
    engineRelease('cpu', 'linux-arm64'),
    engineRelease('cpu', 'darwin-arm64'),
  ];
  for (const wheel of engines.flatMap(({ wheels }) => wheels)) {
    assert.match(wheel.sha256, /^[0-9a-f]{64}$/, wheel.name);
    assert.ok(wheel.file.startsWith(`${wheel.name.replaceAll('-', '_')}-${wheel.version}-`), wheel.file);
    assert.ok(wheel.file.includes(wheel.platform) && wheel.file.endsWith('.whl'), wheel.file);
    assert.ok(wheel.unpack.length > 0);
  }
  assert.equal(engines[0]?.wheels[0]?.file, 'tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl');
});

test('for a machine without an engine the error names the machines that have one', () => {
  assert.throws(
    () => engineRelease('gpu', 'darwin-arm64'),
    /no TensorFlow .* darwin-arm64 \(gpu\).*linux-x64 \(gpu\)/,
  );
  assert.throws(() => engineRelease('cpu', 'win32-x64'), /WSL 2/);
});

test('pip downloads exactly one file, whatever Python it runs on', () => {
  const asked = pipDownloadArguments(
    { name: 'tensorflow-cpu', version: '2.21.0', platform: 'manylinux_2_27_x86_64' },
    '/to',
  );
  assert.ok(asked.includes('tensorflow-cpu==2.21.0'));
  assert.ok(asked.includes('--no-deps') && asked.includes('--only-binary=:all:'));
  assert.equal(asked[asked.indexOf('--platform') + 1], 'manylinux_2_27_x86_64');
  assert.equal(asked.at(-1), '/to');
});

test('the option has priority, then the environment, then the present engine', () => {
  assert.equal(chooseEngine('cpu', { APPRENTICE_ENGINE: 'gpu' }, 'gpu'), 'cpu');
  assert.equal(chooseEngine(undefined, { APPRENTICE_ENGINE: 'gpu' }, 'cpu'), 'gpu');
  assert.equal(chooseEngine(undefined, {}, 'gpu'), 'gpu');
  assert.equal(chooseEngine(undefined, {}, undefined), 'cpu');
  assert.throws(
    () => chooseEngine(undefined, { APPRENTICE_ENGINE: 'tpu' }, undefined),
    /"tpu"; expected "cpu" or "gpu"/,
  );
});

test('a damaged engine in the cache is noticed', () => {
  const folder = temporaryFolder();
  assert.equal(isUnpacked(folder), false);
  mkdirSync(join(folder, 'tensorflow'));
  const library = join(folder, 'tensorflow', 'libtensorflow_cc.so.2');
  writeFileSync(library, 'x'.repeat(100));
  const manifest = unpackedManifest(folder, { 'tensorflow/libtensorflow_cc.so.2': 100 });
  writeFileSync(manifest.path, manifest.text);
  assert.equal(isUnpacked(folder), true);
  truncateSync(library, 50);
  assert.equal(isUnpacked(folder), false);
});

test('the binding finds its libraries relative to itself on both platforms', () => {
  const paths = {
    sources: ['/s/a.cc'],
    includes: '/s',
    headers: '/h',
    nodeHeaders: '/n',
    libraries: '/l',
    output: '/o',
  };
  const linux = compileArguments(paths, 'linux');
  assert.ok(linux.includes('/l/libtensorflow_cc.so.2') && linux.includes('-shared'));
  assert.ok(linux.includes('-Wl,-rpath,$ORIGIN/../../deps/lib'));
  const mac = compileArguments(paths, 'darwin');
  assert.ok(mac.includes('/l/libtensorflow_cc.2.dylib') && mac.includes('-bundle'));
  assert.ok(mac.includes('-Wl,-rpath,@loader_path/../../deps/lib'));
});
