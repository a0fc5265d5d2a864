import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { ownPort } from '../../../../worker/supervisor/free-port.js';

test('a home gets its port again, and another if that is taken', async (t) => {
  const port = await ownPort('apprentice-1');
  assert.equal(await ownPort('apprentice-1'), port);
  assert.notEqual(await ownPort('apprentice-2'), port);
  const other = createServer().listen(port, '127.0.0.1');
  t.after(() => other.close());
  await once(other, 'listening');
  assert.notEqual(await ownPort('apprentice-1'), port);
});
