import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Case } from '../../../bench/faults/case.js';
import type { FaultName } from '../../../bench/faults/faults.js';
import { runCase } from '../../../bench/faults/run-case.js';
import { UndisturbedRuns } from '../../../bench/faults/undisturbed.js';
import { World } from '../../../bench/faults/world.js';

const SEED = 17;

let world: World;
const runs = new UndisturbedRuns();
before(async () => {
  world = await World.begin('remote');
});
after(() => world.end());

const FAULTS: ReadonlyArray<readonly [Case['method'], ...(readonly FaultName[])]> = [
  ['transfer', 'kill child', 'network resets', 'pause and resume'],
  ['transfer', 'stop and wake child', 'torn file'],
  ['evaluate', 'kill everything'],
];

for (const [number, [method, ...names]] of FAULTS.entries()) {
  test(`${method}, ${names.join(', ')}: no promise is broken`, async () => {
    const faults = names.map((name, place) => ({ name, at: (place + 1) / (names.length + 1) }));
    const drawn: Case = { seed: SEED, number, world: 'remote', method, variant: 0, faults };
    const { broken, struck } = await runCase(drawn, world, runs);
    assert.deepEqual(broken, [], struck.join(', '));
  });
}

test('a full disk: no promise is broken', async (context) => {
  if (!world.disk) return context.skip('this process may not mount a disk of its own');
  const faults = [{ name: 'full disk', at: 0.4 }] as const;
  const drawn: Case = {
    seed: SEED,
    number: FAULTS.length,
    world: 'remote',
    method: 'evaluate',
    variant: 0,
    faults,
  };
  const { broken } = await runCase(drawn, world, runs);
  assert.deepEqual(broken, []);
});
