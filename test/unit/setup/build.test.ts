import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { removeStaleOutputs } from '../../../setup/build/build-outputs.mjs';
import { sourceFiles } from '../../../setup/build/source-files.mjs';
import { createProgress } from '../../../setup/progress.mjs';
import { SetupError } from '../../../setup/setup-error.mjs';
import { build } from '../../../setup/steps/build.mjs';
import { recordedOutput, temporaryFolder, writeFiles } from './support.js';

/** Stands in for the compiler: copies each .ts to .js, and fails if a source says so. */
const COMPILER = `
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
for (const file of readdirSync('domain', { recursive: true })) {
  if (!file.endsWith('.ts')) continue;
  const text = readFileSync('domain/' + file, 'utf8');
  if (text.includes('type error')) { console.log('domain/' + file + '(1,1): error TS1'); process.exit(2); }
  const out = 'dist/domain/' + file.replace(/ts$/, 'js');
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, text);
}`;

function checkout() {
  const root = temporaryFolder();
  writeFiles(root, {
    'package.json': '{"type":"module"}',
    'package-lock.json': '{}',
    'tsconfig.json': '{"include":["domain","examples/**/*.ts"]}',
    'node_modules/typescript/bin/tsc': COMPILER,
    'node_modules/typescript/package.json': '{"type":"module"}',
    'domain/a.ts': 'a',
    'domain/deep/b.ts': 'b',
  });
  const context = {
    project: { root, isCheckout: true, setupCommand: 'npm run setup' },
    cache: join(root, 'cache'),
    environment: process.env,
    engine: undefined,
  };
  const line = createProgress(recordedOutput(), { quiet: true, environment: {} }).step('Build');
  const run = async () => {
    const result = await build.run(context, line);
    line.skipped(result);
    return result;
  };
  return { root, inspect: () => build.inspect(context), run, line };
}

test('builds once, and again when a source or the configuration changes', async () => {
  const { root, inspect, run } = checkout();
  assert.equal((await inspect()).done, false);
  assert.match(await run(), /2 sources compiled/);
  assert.equal((await inspect()).done, true);
  writeFiles(root, { 'domain/a.ts': 'changed' });
  assert.equal((await inspect()).done, false);
  await run();
  assert.equal((await inspect()).done, true);
  writeFiles(root, { 'package-lock.json': '{"changed":true}' });
  assert.equal((await inspect()).done, false);
});

test('a deleted output is built again', async () => {
  const { root, inspect, run } = checkout();
  await run();
  rmSync(join(root, 'dist/domain/a.js'));
  assert.equal((await inspect()).done, false);
  await run();
  assert.ok(existsSync(join(root, 'dist/domain/a.js')));
});

test('a change of an AssemblyScript source, which has no output file of its own, causes a build', async () => {
  const { root, inspect, run } = checkout();
  writeFiles(root, { 'domain/assembly/kernel.ts': 'k' });
  await run();
  assert.ok(!existsSync(join(root, 'dist/domain/assembly/kernel.js')));
  assert.equal((await inspect()).done, true);
  writeFiles(root, { 'domain/assembly/kernel.ts': 'changed' });
  assert.equal((await inspect()).done, false);
});

test('outputs of a deleted source are removed', async () => {
  const { root, run } = checkout();
  await run();
  rmSync(join(root, 'domain/deep/b.ts'));
  assert.match(await run(), /1 stale file removed/);
  assert.ok(!existsSync(join(root, 'dist/domain/deep/b.js')));
  assert.ok(existsSync(join(root, 'dist/domain/a.js')));
});

test('sources that do not compile fail the build, and the next set-up builds again', async () => {
  const { root, inspect, run, line } = checkout();
  await run();
  writeFiles(root, { 'domain/a.ts': 'type error' });
  await assert.rejects(run(), (error: Error) => {
    assert.ok(error instanceof SetupError);
    assert.match(error.message, /domain\/a\.ts\(1,1\): error TS1[\s\S]*do not compile/);
    return true;
  });
  line.failed();
  assert.equal((await inspect()).done, false);
});

test('only outputs whose source is gone are removed, never other files', async () => {
  const root = temporaryFolder();
  writeFiles(root, {
    'setup/x.mjs': '',
    'domain/y.ts': '',
    'domain/assembly/z.ts': '',
    'dist/setup/x.mjs': '',
    'dist/setup/x.d.mts': '',
    'dist/domain/y.js': '',
    'dist/domain/y.js.map': '',
    'dist/domain/y.d.ts': '',
    'dist/domain/assembly/z.js': '',
    'dist/domain/gone.js.map': '',
    'dist/domain/gone.d.ts': '',
    'dist/setup/gone.mjs': '',
    'dist/worker/bundle.js': '',
    'dist/.tsbuildinfo': '',
    'dist/notes.txt': '',
  });
  assert.equal(await removeStaleOutputs(root, ['worker/bundle.js']), 4);
  for (const kept of [
    'setup/x.mjs',
    'setup/x.d.mts',
    'domain/y.js',
    'domain/y.d.ts',
    '.tsbuildinfo',
    'notes.txt',
  ]) {
    assert.ok(existsSync(join(root, 'dist', kept)), kept);
  }
});

test('data files beside the sources are no sources', async () => {
  const root = temporaryFolder();
  writeFiles(root, {
    'tsconfig.json': '{"include":["domain","examples/**/*.ts"]}',
    'domain/a.ts': '',
    'domain/readme.md': '',
    'examples/trigger.ts': '',
    'examples/run.yaml': '',
    'examples/data/x.ts': '',
  });
  assert.deepEqual(await sourceFiles(root), ['domain/a.ts', 'examples/trigger.ts']);
});
