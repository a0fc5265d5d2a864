import '../../../support/without-onednn.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LADDER, OPTIMIZERS, trainLadder } from '../../../support/ladder.js';

const STEPS = 4;

// 100 steps of each pair are in test/integration/engine.
const PAIRS = Object.entries(OPTIMIZERS).map(
  ([name, optimizer], place) => [Object.values(LADDER)[place % 3]!, name, optimizer] as const,
);

for (const [rung, name, optimizer] of PAIRS) {
  test(`${rung.spec.stem} stem, ${name}: compiled training is eager training to the bit`, async () => {
    const eager = await trainLadder(rung, { optimizer, eager: true, steps: STEPS });
    assert.deepEqual(await trainLadder(rung, { optimizer, eager: false, steps: STEPS }), eager);
    assert.ok(eager['losses']!.every(Number.isFinite));
  });
}
