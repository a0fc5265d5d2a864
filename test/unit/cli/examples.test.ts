import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { EXAMPLES, withExampleData } from '../../../cli/example-data.js';
import { readRunConfig } from '../../../client/config-file.js';

test('every example is a configuration without mistakes', async () => {
  const files = (await readdir(EXAMPLES)).filter((file) => file.endsWith('.yaml'));
  assert.ok(files.length >= 2);
  for (const file of files) await readRunConfig(join(EXAMPLES, file));
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
