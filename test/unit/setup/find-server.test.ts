import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { cachedServer, findTemporalServer } from '../../../setup/temporal/find-server.mjs';
import { parseServerVersion } from '../../../setup/temporal/server-version.mjs';
import { temporaryFolder, writeProgram } from './support.js';

const SAYS = 'echo "temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)"';

function machine() {
  const folder = temporaryFolder();
  const cache = join(folder, 'cache');
  return {
    environment: { PATH: join(folder, 'bin'), APPRENTICE_CACHE: cache },
    onPath: join(folder, 'bin', 'temporal'),
    cached: cachedServer(cache),
    chosen: join(folder, 'my temporal'),
  };
}

test('APPRENTICE_TEMPORAL has priority over PATH, and PATH over the cache', () => {
  const { environment, onPath, cached, chosen } = machine();
  assert.equal(findTemporalServer(environment), undefined);
  writeProgram(cached, SAYS);
  assert.equal(findTemporalServer(environment), cached);
  writeProgram(onPath, SAYS);
  assert.equal(findTemporalServer(environment), onPath);
  writeProgram(chosen, SAYS);
  assert.equal(findTemporalServer({ ...environment, APPRENTICE_TEMPORAL: chosen }), chosen);
});

test('a foreign, broken or old `temporal` on PATH is ignored', () => {
  for (const script of [
    'echo "temporal 3.2: a calendar"',
    'exit 1',
    'echo "temporal version 0.9.0 (server 1.21.0)"',
  ]) {
    const { environment, onPath, cached } = machine();
    writeProgram(onPath, script);
    assert.equal(findTemporalServer(environment), undefined);
    writeProgram(cached, SAYS);
    assert.equal(findTemporalServer(environment), cached);
  }
});

test('a wrong APPRENTICE_TEMPORAL is refused, not ignored', () => {
  const { environment, onPath, chosen } = machine();
  writeProgram(onPath, SAYS);
  const wrong = { ...environment, APPRENTICE_TEMPORAL: chosen };
  assert.throws(
    () => findTemporalServer(wrong),
    /APPRENTICE_TEMPORAL is ".*my temporal"; .*no executable file/,
  );
  writeProgram(chosen, 'echo hello');
  assert.throws(() => findTemporalServer(wrong), /its --version says otherwise/);
});

test('parses the versions of old and new CLIs', () => {
  assert.deepEqual(parseServerVersion('temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)'), {
    server: '1.29.1',
    isRecentEnough: true,
  });
  assert.equal(
    parseServerVersion('temporal version 0.0.0-DEV (Server 1.29.1, UI 2.42.1)')?.isRecentEnough,
    true,
  );
  assert.equal(
    parseServerVersion('temporal version 0.11.0 (server 1.22.4) (ui 2.22.1)')?.isRecentEnough,
    false,
  );
  assert.equal(parseServerVersion('temporal version 3.0.0 (Server 2.0.0, UI 3.0.0)')?.isRecentEnough, true);
  assert.equal(parseServerVersion(''), undefined);
});
