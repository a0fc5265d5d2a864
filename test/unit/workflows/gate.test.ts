import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gateConfig } from '../../../domain/config/gate.js';
import type { Verdict } from '../../../domain/records.js';
import { consequenceOf } from '../../../workflows/gate.js';

const verdict = (passes: boolean) => ({ passes }) as Verdict;

test('a model is promoted, kept out or asked about by its verdict and the gate', () => {
  const cases = [
    [undefined, {}, 'promote'],
    [undefined, { otherwise: 'ask' }, 'promote'],
    [undefined, { approval: 'always' }, 'ask'],
    [true, {}, 'promote'],
    [true, { approval: 'always' }, 'ask'],
    [false, {}, 'continue'],
    [false, { otherwise: 'stop' }, 'stop'],
    [false, { otherwise: 'ask' }, 'ask'],
    [false, { approval: 'always', otherwise: 'continue' }, 'continue'],
  ] as const;
  for (const [passes, gate, consequence] of cases) {
    const given = passes === undefined ? undefined : verdict(passes);
    assert.equal(consequenceOf(given, gateConfig.parse(gate)), consequence);
  }
});
