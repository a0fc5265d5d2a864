import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gateLines } from '../../../../cli/view/gate-lines.js';
import type { GenerationView } from '../../../../cli/view/generation-view.js';
import type { Line } from '../../../../cli/view/line.js';
import { gateConfig } from '../../../../domain/config/gate.js';
import { judge } from '../../../../learning/evaluation/judge.js';

const textOf = (lines: readonly Line[]) =>
  lines.map((line) => line.map((span) => (typeof span === 'string' ? span : span.text)).join('')).join('\n');

test('of models that say the same of every image it is not said that 0 is below 0', () => {
  const says = Float32Array.of(0.9, 0.1, 0.2, 0.8);
  const gate = gateConfig.parse({});
  const verdict = judge({
    champion: says,
    challenger: says,
    labels: Int32Array.of(0, 1),
    classes: 2,
    gate,
    seed: 1,
  });
  const text = textOf(gateLines({ state: 'done', promoted: false, verdict } as GenerationView));
  assert.match(text, /not promoted {3}the difference 0\.00 does not exceed the margin 0\.00/);
});
