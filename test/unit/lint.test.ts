import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');

function run(folder: string, ...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [biome, ...words], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, said: `${stdout}${stderr}` };
}

test('the whole tree is formatted, linted, and imports along the arrows of the house', () => {
  const { status, said } = run(ROOT, 'check', '--max-diagnostics=20');
  assert.equal(status, 0, said);
});

/** One import against the arrows from each room. */
const UPWARD = {
  'domain/a.ts': '../learning/b.js',
  'engine/a.ts': '../domain/b.js',
  'learning/training/a.ts': '../../storage/b.js',
  'learning/augmentation/a.ts': '../../engine/b.js',
  'learning/datasets/a.ts': '../../engine/b.js',
  'storage/a.ts': '../learning/b.js',
  'activities/a.ts': '@temporalio/activity',
  'workflows/a.ts': 'node:fs',
  'connection/a.ts': '../client/b.js',
  'worker/a.ts': '../learning/b.js',
  'client/a.ts': '../worker/b.js',
  'cli/a.ts': '../storage/b.js',
  'setup/a.ts': '../domain/b.js',
};

test('imports against the arrows are refused, in every room', () => {
  const folder = mkdtempSync(join(tmpdir(), 'apprentice-lint-'));
  try {
    copyFileSync(join(ROOT, 'biome.json'), join(folder, 'biome.json'));
    for (const [file, imported] of Object.entries(UPWARD)) {
      mkdirSync(join(folder, dirname(file)), { recursive: true });
      writeFileSync(join(folder, file), `import '${imported}';\n`);
    }
    const { said } = run(folder, 'lint', '--max-diagnostics=100');
    for (const [file, imported] of Object.entries(UPWARD)) {
      assert.ok(
        said.includes(`${file}:1:8 lint/style/noRestrictedImports`),
        `${file} may import ${imported}`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
