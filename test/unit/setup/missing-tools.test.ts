import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { findPackageManager, installCommands } from '../../../setup/install-hint.mjs';
import { findMissingTools, missingToolsMessage } from '../../../setup/missing-tools.mjs';
import { temporaryFolder, writeProgram } from './support.js';

test('install commands are those of the package manager, with sudo if needed', () => {
  assert.deepEqual(installCommands(['python', 'compiler'], 'apt-get', false), [
    'sudo apt-get update && sudo apt-get install -y python3 python3-pip g++',
  ]);
  assert.deepEqual(installCommands(['compiler'], 'dnf', true), ['dnf install -y gcc-c++']);
  assert.deepEqual(installCommands(['python'], 'pacman', true), ['pacman -S --needed python python-pip']);
  assert.deepEqual(installCommands(['python', 'compiler'], 'brew', false), [
    'xcode-select --install',
    'brew install python',
  ]);
});

test('without a known package manager the most common ones are shown', () => {
  const commands = installCommands(['compiler'], undefined, true);
  assert.deepEqual(commands, ['apt-get update && apt-get install -y g++', 'dnf install -y gcc-c++']);
});

test('the package manager is found on PATH', () => {
  const folder = temporaryFolder();
  assert.equal(findPackageManager({ PATH: folder }, 'linux'), undefined);
  writeProgram(join(folder, 'zypper'), 'exit 0');
  assert.equal(findPackageManager({ PATH: folder }, 'linux'), 'zypper');
  assert.equal(findPackageManager({ PATH: '' }, 'darwin'), 'brew');
});

test('all missing tools are reported at once', async () => {
  const environment = { PATH: temporaryFolder() };
  const missing = await findMissingTools(['compiler', 'python', 'python', 'npm'], environment);
  assert.deepEqual(
    missing.map(({ tool }) => tool),
    ['compiler', 'python', 'npm'],
  );
  const message = missingToolsMessage(missing, environment, 'apt-get', false);
  assert.match(message, /needs 3 tools/);
  assert.match(message, /none of g\+\+, clang\+\+, c\+\+ is on PATH/);
  assert.match(message, /neither python3 nor python/);
  assert.match(message, /npm .* comes with Node\.js/);
  assert.match(message, /^ {4}sudo apt-get update && sudo apt-get install -y g\+\+ python3 python3-pip$/m);
  assert.match(message, /nothing has been changed/);
});

test('a Python without pip, and a CXX that does not run, are reported as such', async () => {
  const folder = temporaryFolder();
  const python = 'case "$*" in *pip*) echo "No module named pip" >&2; exit 1;; *) echo 3.12.1;; esac';
  writeProgram(join(folder, 'python3'), python);
  const environment = { PATH: folder, CXX: 'no-such-compiler -m64' };
  const problems = (await findMissingTools(['python', 'compiler'], environment)).map(
    ({ problem }) => problem,
  );
  assert.match(problems[0] ?? '', /is Python 3\.12\.1, but its pip does not run/);
  assert.match(problems[1] ?? '', /CXX is set to no-such-compiler -m64/);
});

test('a Python 2 called python does not count; working tools are not reported', async () => {
  const folder = temporaryFolder();
  writeProgram(join(folder, 'python'), 'echo 2.7.18');
  writeProgram(join(folder, 'clang++'), 'echo "clang version 17.0.1"');
  const missing = await findMissingTools(['python', 'compiler'], { PATH: folder });
  assert.deepEqual(
    missing.map(({ tool }) => tool),
    ['python'],
  );
});
