import assert from 'node:assert/strict';
import { test } from 'node:test';
import { METHOD_NAMES } from '../../../domain/methods.js';
import { parseRunConfig } from '../../../domain/parse-run-config.js';
import { leastConfig } from '../../support/least-config.js';

const BASE = leastConfig('self-training');

test('a configuration without a method is self-training', () => {
  const config = parseRunConfig(BASE);
  assert.equal(config.method, 'self-training');
  assert.ok('generations' in config && config.generations === 2);
});

for (const method of METHOD_NAMES) {
  test(`a configuration of ${method} gets the defaults of its method, and parses again`, () => {
    const config = parseRunConfig({ ...leastConfig(method), method });
    assert.equal(config.method, method);
    assert.equal(config.seed, 0);
    assert.deepEqual(parseRunConfig(JSON.parse(JSON.stringify(config))), config);
  });

  test(`a caller that has chosen ${method} may leave the method out`, () => {
    assert.equal(
      parseRunConfig({ ...leastConfig(method), method: undefined }, undefined, method).method,
      method,
    );
    assert.equal(parseRunConfig({ ...leastConfig(method), method }, undefined, method).method, method);
  });
}

test('an unknown method is refused, with the nearest name', () => {
  assert.throws(() => parseRunConfig({ ...BASE, method: 'distil' }, 'a.yaml'), {
    name: 'ConfigurationError',
    message: /^a\.yaml: 1 problem\n {2}method: received "distil", expected .*: did you mean "distill"\?$/,
  });
  assert.throws(() => parseRunConfig({ ...BASE, method: 'labelNext' }), /did you mean "label-next"\?$/);
  assert.throws(() => parseRunConfig({ ...BASE, method: 3 }), /method: received 3/);
});

test('a caller that has chosen a method refuses any other', () => {
  const distill = leastConfig('distill');
  assert.throws(() => parseRunConfig(distill, undefined, 'transfer'), {
    name: 'ConfigurationError',
    message: /method: received "distill", expected "transfer"/,
  });
  const unnamed = () => parseRunConfig({ ...distill, method: undefined }, undefined, 'transfer');
  assert.throws(unnamed, /teachers: unknown key/);
});

test('the problems of a configuration are those of its method', () => {
  assert.throws(() => parseRunConfig({ ...BASE, method: 'transfer', generations: 1 }), {
    name: 'ConfigurationError',
    message: /from: missing[\s\S]*generations: unknown key/,
  });
});

test('an input without keys is refused as a whole', () => {
  for (const input of [undefined, null, 'shoes', []]) {
    assert.throws(() => parseRunConfig(input), /expected keys and values/);
  }
});
