import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { expectOutput, saveOutput } from '../../../../cli/methods/output.js';
import { ConfigurationError } from '../../../../domain/errors.js';
import type { RunReport } from '../../../../domain/run.js';
import { openStore } from '../../../../storage/open-store.js';
import { writeBest } from '../../../../storage/search.js';
import { temporaryFolder } from '../../../support/picture-files.js';

test('a place that can’t be written is refused before the run starts', async (context) => {
  const folder = await temporaryFolder(context);
  const file = join(folder, 'notes.txt');
  await writeFile(file, '');
  await mkdir(join(folder, 'there'));
  await expectOutput('gap', join(folder, 'there'));
  await expectOutput('gap', join(folder, 'new', 'one'));
  await expectOutput('search', file);
  await expectOutput('label-next', join(folder, 'new', 'next.csv'));

  const refuse = (method: Parameters<typeof expectOutput>[0], out: string, message: RegExp) =>
    assert.rejects(
      expectOutput(method, out),
      (error) => error instanceof ConfigurationError && message.test(error.message),
    );
  await refuse(
    'distill',
    join(folder, 'x'),
    /--out: distill has no output besides its report: omit the option/,
  );
  await refuse('label-next', join(folder, 'next.png'), /expected the name of the list, such as next\.csv/);
  await refuse('search', join(folder, 'there'), /which is a folder, expected a file's name/);
  await refuse('gap', file, /which is a file, expected a folder's name/);
  await refuse('gap', join(file, 'within'), /notes\.txt" is a file, expected a folder/);
});

test('output is written; on a full disk, the error has the command that writes it again', async (context) => {
  const folder = await temporaryFolder(context);
  const store = openStore(join(folder, 'store'));
  const bestKey = await writeBest(store, 's', 'student: {}\n');
  const report = { method: 'search', runId: 's', bestKey } as unknown as RunReport;

  const out = join(folder, 'new', 'best.yaml');
  await saveOutput(report, out, store.url);
  assert.equal(await readFile(out, 'utf8'), 'student: {}\n');

  // A device that is always full.
  await assert.rejects(
    saveOutput(report, '/dev/full', store.url),
    (error) =>
      error instanceof ConfigurationError &&
      /ENOSPC.*still in the store; to write it again: .*show s --out PATH/.test(error.message),
  );
});
