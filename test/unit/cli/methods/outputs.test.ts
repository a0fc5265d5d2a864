import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { saveOutput } from '../../../../cli/methods/outputs.js';
import { ConfigurationError } from '../../../../domain/errors.js';
import type { MethodReport } from '../../../../domain/methods.js';
import { openStore } from '../../../../storage/open-store.js';
import { temporaryFolder } from '../../../support/picture-files.js';

test('what a method has made is written, and where the disk is full, how to write it again is said', async (context) => {
  const folder = await temporaryFolder(context);
  const store = openStore(join(folder, 'store'));
  await store.write('runs/s/best', Buffer.from('student: {}\n'));
  const report = { method: 'search', runId: 's', bestKey: 'runs/s/best' } as unknown as MethodReport;

  const out = join(folder, 'new', 'best.yaml');
  await saveOutput(report, out, store.url);
  assert.equal(await readFile(out, 'utf8'), 'student: {}\n');

  // A device that is always full.
  await assert.rejects(
    saveOutput(report, '/dev/full', store.url),
    (error) =>
      error instanceof ConfigurationError &&
      /ENOSPC.*to try again: .*show s --out PATH/.test(error.message),
  );
});
