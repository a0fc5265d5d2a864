import assert from 'node:assert/strict';
import { test } from 'node:test';
import { moduleFoldersOf } from '../../../domain/module-folders.js';

test('modules load from the current folder unless the option or the environment says otherwise', () => {
  const environment = { APPRENTICE_MODULES: '/srv/a:/srv/b' };
  assert.deepEqual(moduleFoldersOf({}), [process.cwd()]);
  assert.deepEqual(moduleFoldersOf({ APPRENTICE_MODULES: '' }, []), [process.cwd()]);
  assert.deepEqual(moduleFoldersOf(environment), ['/srv/a', '/srv/b']);
  assert.deepEqual(moduleFoldersOf(environment, ['/srv/c']), ['/srv/c']);
});

test('a folder that would widen the list is refused', () => {
  for (const folder of ['', ' ', '/srv/a:/'])
    assert.throws(() => moduleFoldersOf({}, [folder]), { name: 'ConfigurationError', message: /--modules/ });
});
