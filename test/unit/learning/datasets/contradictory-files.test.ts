import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { contradictoryFiles } from '../../../../learning/datasets/contradictory-files.js';
import { place, temporaryFolder } from '../../../support/picture-files.js';

test('equal files with different labels are found; pipes and devices are not read', {
  timeout: 5_000,
}, async (context) => {
  const folder = await temporaryFolder(context);
  const at = (name: string) => join(folder, name);
  for (const [name, content] of [
    ['a.png', 'same'],
    ['b.png', 'same'],
    ['c.png', 'else'],
  ] as const)
    await place(at(name), content);
  // All of these have the size 0.
  for (const name of ['p.png', 'q.png']) execFileSync('mkfifo', [at(name)]);
  await symlink('/dev/zero', at('y.png'));
  await symlink('/dev/zero', at('z.png'));
  const labels = { a: 'cat', b: 'dog', c: 'dog', p: 'cat', q: 'dog', y: 'cat', z: 'dog' };
  const pictures = Object.entries(labels).map(([name, label]) => ({
    name: at(`${name}.png`),
    content: { file: at(`${name}.png`) },
    label,
  }));
  const [found, ...others] = await contradictoryFiles(pictures);
  assert.deepEqual(
    found!.examples.map(({ name }) => name),
    [at('a.png'), at('b.png')],
  );
  assert.deepEqual(others, []);
});
