import '../../support/without-onednn.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LADDER, OPTIMIZERS, trainLadder } from '../../support/ladder.js';

const STEPS = 100;

for (const [shape, rung] of Object.entries(LADDER)) {
  for (const [name, optimizer] of Object.entries(OPTIMIZERS)) {
    test(`${shape}, ${name}: ${STEPS} compiled steps equal eager ones bit by bit`, async () => {
      const eager = await trainLadder(rung, { optimizer, eager: true, steps: STEPS });
      const compiled = await trainLadder(rung, { optimizer, eager: false, steps: STEPS });
      assert.equal(eager['losses']!.length, STEPS);
      assert.ok(new Set(eager['losses']).size > STEPS / 2, 'losses move');
      for (const [tensor, values] of Object.entries(eager)) {
        const first = values.findIndex((value, place) => value !== compiled[tensor]![place]);
        assert.equal(first, -1, `${tensor} differ first at ${first} of ${values.length}`);
      }
      assert.deepEqual(Object.keys(compiled), Object.keys(eager));
    });
  }
}
