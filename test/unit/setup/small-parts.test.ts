import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cacheFolder } from '../../../setup/cache-folder.mjs';
import { spaceProblem } from '../../../setup/disk-space.mjs';
import { nodeVersionProblem } from '../../../setup/node-version.mjs';
import { durationText, sizeText } from '../../../setup/quantities.mjs';
import { temporaryFolder } from './support.js';

test('Node 20.9 to 26 is accepted; for others the message says what to install', () => {
  for (const version of ['20.9.0', '20.20.2', '22.0.0', '24.21.0', '26.10.0']) {
    assert.equal(nodeVersionProblem(version), undefined, version);
  }
  for (const version of ['18.20.8', '20.8.1', '27.0.0']) {
    const problem = nodeVersionProblem(version) ?? '';
    assert.match(problem, /needs Node\.js 20\.9 to 26/);
    assert.ok(problem.includes(version));
    assert.match(problem, /nvm install/);
  }
});

test('formats sizes and durations', () => {
  assert.equal(sizeText(273_829_956), '274 MB');
  assert.equal(sizeText(1.24e9), '1.2 GB');
  assert.equal(durationText(999), '0:00');
  assert.equal(durationText(125_400), '2:05');
});

test('the cache folder follows the platform, unless the environment sets it', () => {
  assert.equal(cacheFolder({}, 'linux', '/home/ada'), '/home/ada/.cache/apprentice');
  assert.equal(cacheFolder({}, 'darwin', '/Users/ada'), '/Users/ada/Library/Caches/apprentice');
  assert.equal(cacheFolder({ XDG_CACHE_HOME: '/big' }, 'linux', '/home/ada'), '/big/apprentice');
  assert.equal(cacheFolder({ APPRENTICE_CACHE: '/mine', XDG_CACHE_HOME: '/big' }), '/mine');
});

test('demands on one disk are added, and a disk that is too small is named', async () => {
  const folder = temporaryFolder();
  const demands = [
    { folder: `${folder}/cache/not/there/yet`, bytes: 3e9 },
    { folder, bytes: 1e9 },
  ];
  assert.equal(await spaceProblem(demands, async () => 4e9), undefined);
  const problem = (await spaceProblem(demands, async () => 3.9e9)) ?? '';
  assert.match(problem, /about 4\.0 GB on the disk of .*cache.*3\.9 GB are free/);
  assert.match(problem, /APPRENTICE_CACHE/);
  const nothing = [{ folder, bytes: 0 }];
  assert.equal(await spaceProblem(nothing, async () => 0), undefined);
});
