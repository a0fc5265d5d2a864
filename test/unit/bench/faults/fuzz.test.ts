import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { FUZZER_NAMES } from '../../../../bench/faults/fuzz/fuzzers.js';
import { runFuzz } from '../../../../bench/faults/fuzz/run-fuzz.js';
import { makeInput, tryInput } from '../../../../bench/faults/fuzz/try-input.js';
import { temporaryFolder } from '../../../support/picture-files.js';

const SEED = 17;
const INPUTS = 12;

for (const name of FUZZER_NAMES) {
  test(`${name}: damaged and odd input is read or refused, within its time`, async (context) => {
    const root = await temporaryFolder(context);
    for (let number = 0; number < INPUTS; number++) {
      const folder = join(root, `${name}-${number}`);
      await makeInput(name, SEED, number, folder);
      const { answer, problem } = await tryInput(name, folder);
      assert.notEqual(answer, 'broken', `seed ${SEED}, input ${number}: ${problem}`);
    }
  });
}

test('in a process of its own, inputs that hold leave nothing behind', async (context) => {
  const folder = await temporaryFolder(context);
  const { counts, broken } = await runFuzz({ name: 'cifar', seed: SEED, first: 0, count: 5, folder });
  assert.deepEqual(broken, []);
  assert.equal(counts.read + counts.refused, 5);
  assert.deepEqual(await readdir(folder), []);
});
