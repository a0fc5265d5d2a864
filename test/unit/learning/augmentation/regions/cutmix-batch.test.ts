import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyedRandom } from '../../../../../domain/random.js';
import {
  cutMixBatch,
  type LabelledBatch,
  planCutMixBatch,
} from '../../../../../learning/augmentation/regions/cutmix-batch.js';

function batch(): LabelledBatch {
  const pixels = new Uint8Array(3 * 4 * 5).map((_, at) => 100 * Math.floor(at / 20));
  const targets = Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
  return { size: 3, width: 5, height: 4, channels: 1, pixels, targets };
}

test('CutMix of a batch weights each label by the share of its pixels', () => {
  for (let seed = 0; seed < 50; seed++) {
    const mixed = batch();
    const plan = planCutMixBatch(mixed, 1, keyedRandom(seed));
    cutMixBatch(mixed, JSON.parse(JSON.stringify(plan)));
    for (let row = 0; row < 3; row++) {
      const pixels = mixed.pixels.subarray(row * 20, row * 20 + 20);
      for (let label = 0; label < 3; label++) {
        const share = pixels.filter((level) => level === 100 * label).length / 20;
        assert.ok(Math.abs(mixed.targets[row * 3 + label]! - share) < 1e-6);
      }
    }
  }
});

test('a batch of another length is refused', () => {
  const plan = planCutMixBatch(batch(), 1, keyedRandom(1));
  assert.throws(() => cutMixBatch({ ...batch(), pixels: new Uint8Array(7) }, plan), {
    message: 'batch.pixels: received 7, expected 60 bytes',
  });
  assert.throws(() => cutMixBatch(batch(), { ...plan, partners: [0] }), /^ConfigurationError: plan.partners/);
});
