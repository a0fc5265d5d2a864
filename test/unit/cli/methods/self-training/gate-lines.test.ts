import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gateLines } from '../../../../../cli/methods/self-training/gate-lines.js';
import type { GenerationView } from '../../../../../cli/methods/self-training/generation-view.js';
import { gateConfig } from '../../../../../domain/config/gate.js';
import { judge } from '../../../../../learning/evaluation/judge.js';
import { textsOf } from '../../view/text-of-view.js';

test('models with equal predictions: the difference 0 does not exceed the margin 0', async () => {
  const predictions = Float32Array.of(0.9, 0.1, 0.2, 0.8);
  const gate = gateConfig.parse({});
  const verdict = await judge({
    champion: predictions,
    challenger: predictions,
    labels: Int32Array.of(0, 1),
    classes: 2,
    gate,
    seed: 1,
  });
  const lines = gateLines({ state: 'done', promoted: false, verdict } as GenerationView);
  assert.match(
    textsOf(lines).join('\n'),
    /not promoted {3}the difference 0\.00 does not exceed the margin 0\.00/,
  );
});
