import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { EXAMPLES, withExampleData } from '../../../cli/example-data.js';
import { readConfig, readRunConfig } from '../../../client/config-file.js';
import { METHOD_CONFIGS } from '../../../domain/method-types.js';
import { selfTrainingConfig } from '../../../domain/methods/self-training.js';
import { METHODS } from '../../../domain/methods.js';

/** An example of a method has its command's name; any other is a run. */
function schemaOf(file: string) {
  const stem = file.replace(/\.yaml$/, '').replace('label-next', 'labelNext');
  const method = METHODS.find((name) => name === stem);
  return method ? METHOD_CONFIGS[method] : selfTrainingConfig;
}

test('every example is a configuration without mistakes', async () => {
  const files = (await readdir(EXAMPLES)).filter((file) => file.endsWith('.yaml'));
  assert.ok(files.length >= 2);
  for (const file of files) await readConfig<unknown>(schemaOf(file), join(EXAMPLES, file));
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
