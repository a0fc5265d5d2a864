import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { withAbsolutePaths } from '../../../client/config-paths.js';
import { METHOD_NAMES, type RunConfig } from '../../../domain/methods.js';
import { parseRunConfig } from '../../../domain/parse-run-config.js';
import { leastConfig } from '../../support/least-config.js';

test('relative paths of data.answers count from the configuration’s folder', () => {
  const labelled = { format: 'class-folders', path: 'photos' };
  const absolute = (answers: unknown) =>
    withAbsolutePaths({ data: { labelled, answers } }, '/home/me').data.answers;
  assert.equal(absolute('next.csv'), '/home/me/next.csv');
  assert.deepEqual(absolute(['next.csv', '/lists/more.csv']), ['/home/me/next.csv', '/lists/more.csv']);
});

test('a model’s name stands for a folder only if the folder has a model.json', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'apprentice-paths-'));
  t.after(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'clothes'));
  await mkdir(join(folder, 'saved'));
  await writeFile(join(folder, 'saved', 'model.json'), '{}');
  const absolute = (config: object) => withAbsolutePaths(config, folder);
  assert.deepEqual(absolute({ from: 'clothes', models: ['saved', 'saved/model.json', 'clothes@2'] }), {
    from: 'clothes',
    models: [join(folder, 'saved'), join(folder, 'saved', 'model.json'), 'clothes@2'],
  });
  const from = join(folder, 'saved');
  assert.deepEqual(absolute({ teacher: { from: 'saved' } }), { teacher: { from } });
});

test('settings that are not models are left alone, even if a model’s folder has the same name', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'apprentice-paths-'));
  t.after(() => rm(folder, { recursive: true }));
  for (const method of METHOD_NAMES) {
    const { data: _, ...config } = parseRunConfig(leastConfig(method)) as RunConfig & { real?: unknown };
    const settings = { ...config, real: undefined };
    for (const text of stringsIn(settings)) {
      if (text === MODEL) continue;
      await mkdir(join(folder, text), { recursive: true });
      await writeFile(join(folder, text, 'model.json'), '{}');
    }
    assert.deepEqual(withAbsolutePaths(settings, folder), settings, method);
  }
});

/** The model that the least configurations name. */
const MODEL = 'clothes';

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
