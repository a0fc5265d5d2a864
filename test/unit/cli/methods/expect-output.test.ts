import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { expectOutput } from '../../../../cli/methods/expect-output.js';
import { ConfigurationError } from '../../../../domain/errors.js';
import { temporaryFolder } from '../../../support/picture-files.js';

test('where a method can write is known before it starts', async (context) => {
  const folder = await temporaryFolder(context);
  const file = join(folder, 'notes.txt');
  await writeFile(file, '');
  await mkdir(join(folder, 'there'));
  await expectOutput('gap', join(folder, 'there'));
  await expectOutput('gap', join(folder, 'new', 'one'));
  await expectOutput('search', file);
  await expectOutput('labelNext', join(folder, 'new', 'next.csv'));

  const refuse = (method: Parameters<typeof expectOutput>[0], out: string, message: RegExp) =>
    assert.rejects(
      expectOutput(method, out),
      (error) => error instanceof ConfigurationError && message.test(error.message),
    );
  await refuse('distill', join(folder, 'x'), /--out: distill makes nothing but its report/);
  await refuse('labelNext', join(folder, 'next.png'), /expected the name of the list, such as next\.csv/);
  await refuse('search', join(folder, 'there'), /which is a folder, expected a file's name/);
  await refuse('gap', file, /which is a file, expected a folder's name/);
  await refuse('gap', join(file, 'within'), /notes\.txt" is a file, expected a folder/);
});
