import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ownCommand } from '../../../cli/own-command.js';

test('advice names the command as the person can type it', () => {
  const call = (script: string | undefined, path = '/usr/bin') => ownCommand(script, '/home/ana/work', path);
  assert.equal(call('/usr/bin/apprentice'), 'apprentice');
  assert.equal(call(undefined), 'apprentice');
  const local = '/home/ana/work/node_modules/.bin/apprentice';
  assert.equal(call(local), 'npx apprentice');
  assert.equal(call(local, '/home/ana/work/node_modules/.bin:/usr/bin'), 'apprentice');
  assert.equal(call('/home/ana/work/dist/cli/main.js'), 'node dist/cli/main.js');
  assert.equal(call('/opt/apprentice/dist/cli/main.js'), 'node /opt/apprentice/dist/cli/main.js');
});
