import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measureSpeeds } from '../../../../learning/distillation/speed.js';
import { residualNetwork } from '../../../../learning/models/residual.js';
import { storeModel } from '../../../../learning/models/serialisation.js';

const IMAGE = { height: 16, width: 16, channels: 1 } as const;

async function modelOf(width: number) {
  const spec = { kind: 'residual', width, blocksPerStage: 1, stages: 2, stem: 'full' } as const;
  const network = residualNetwork(spec, {
    image: IMAGE,
    classes: 2,
    dropout: 0,
    stochasticDepth: 0,
    seed: 1,
  });
  const stored = await storeModel(network);
  network.dispose();
  return stored;
}

test('models are measured in turns, and a much smaller model is faster', async () => {
  const rounds: number[] = [];
  const [large, small] = await measureSpeeds([await modelOf(32), await modelOf(4)], {
    image: IMAGE,
    batch: 32,
    rounds: 5,
    onProgress: (done) => rounds.push(done),
  });
  assert.ok(small! > large!, `${small} and ${large} images a second`);
  assert.deepEqual(rounds.slice(-5), [1, 2, 3, 4, 5]);
});

test('an aborted measurement rejects with the signal’s reason', async () => {
  const reason = new Error('enough');
  await assert.rejects(measureSpeeds([], { image: IMAGE, signal: AbortSignal.abort(reason) }), reason);
});
