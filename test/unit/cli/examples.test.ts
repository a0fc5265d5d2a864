import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { EXAMPLES, withExampleData } from '../../../cli/example-data.js';
import { readRunConfig } from '../../../client/config-file.js';
import { ConfigurationError } from '../../../domain/errors.js';
import { DEFAULT_METHOD, METHOD_NAMES, type MethodName } from '../../../domain/methods.js';

interface Example {
  readonly path: string;
  readonly method: MethodName;
}

/** The examples, each with the method that its file names. */
async function examples(): Promise<readonly Example[]> {
  const files = (await readdir(EXAMPLES)).filter((file) => file.endsWith('.yaml'));
  return Promise.all(
    files.map(async (file) => {
      const path = join(EXAMPLES, file);
      return { path, method: parse(await readFile(path, 'utf8')).method ?? DEFAULT_METHOD };
    }),
  );
}

test('every method has an example, and each is read by the method that it names', async () => {
  const all = await examples();
  for (const { path, method } of all) {
    assert.equal((await readRunConfig(path)).method, method, path);
    assert.equal((await readRunConfig(path, { only: method })).method, method, path);
  }
  assert.deepEqual([...new Set(all.map(({ method }) => method))].sort(), [...METHOD_NAMES].sort());
});

test('a method’s command refuses a file of another method, by the field', async () => {
  for (const { path, method } of await examples()) {
    // The default method need not be named.
    if (method === DEFAULT_METHOD) continue;
    const other = method === 'distill' ? 'transfer' : 'distill';
    await assert.rejects(readRunConfig(path, { only: other }), (error) => {
      assert.ok(error instanceof ConfigurationError);
      assert.match(error.message, new RegExp(`method: received "${method}", expected "${other}"`), path);
      return true;
    });
  }
});

test('the demo takes the pictures of its example from its own folder', async () => {
  const { data } = await readRunConfig(join(EXAMPLES, 'clothes.yaml'));
  assert.deepEqual(data.labelled, {
    format: 'class-folders',
    path: join(EXAMPLES, 'data/fashion-mnist/train'),
  });
  const moved = withExampleData(data, '/home/ana/demo/data');
  assert.deepEqual(moved, {
    ...data,
    labelled: { format: 'class-folders', path: '/home/ana/demo/data/fashion-mnist/train' },
    test: { format: 'class-folders', path: '/home/ana/demo/data/fashion-mnist/test' },
  });
});
