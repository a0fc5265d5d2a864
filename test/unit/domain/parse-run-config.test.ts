import assert from 'node:assert/strict';
import { test } from 'node:test';
import { METHOD_NAMES, type MethodName } from '../../../domain/methods.js';
import { parseRunConfig } from '../../../domain/parse-run-config.js';

const BASE = { name: 'shoes', data: { labelled: { format: 'class-folders', path: 'x' } } };
const model = { kind: 'residual', width: 4 };
/** The fewest settings of each method. */
const LEAST: Readonly<Record<MethodName, object>> = {
  'self-training': BASE,
  transfer: { ...BASE, from: 'clothes' },
  distill: { ...BASE, teachers: ['clothes'], model },
  extend: { ...BASE, from: 'clothes' },
  search: { ...BASE, model },
  gap: { ...BASE, model: 'clothes', real: { format: 'folder', path: 'y' } },
  'label-next': { ...BASE, model: 'clothes' },
  robustness: { ...BASE, models: ['clothes'] },
  evaluate: { ...BASE, model: 'clothes' },
};

test('a configuration without a method is self-training', () => {
  const config = parseRunConfig(BASE);
  assert.equal(config.method, 'self-training');
  assert.ok('generations' in config && config.generations === 2);
});

for (const method of METHOD_NAMES) {
  test(`a configuration of ${method} gets the defaults of its method, and parses again`, () => {
    const config = parseRunConfig({ method, ...LEAST[method] });
    assert.equal(config.method, method);
    assert.equal(config.seed, 0);
    assert.deepEqual(parseRunConfig(JSON.parse(JSON.stringify(config))), config);
  });

  test(`a caller that has chosen ${method} may leave the method out`, () => {
    assert.equal(parseRunConfig(LEAST[method], undefined, method).method, method);
    assert.equal(parseRunConfig({ method, ...LEAST[method] }, undefined, method).method, method);
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
  const distill = { method: 'distill', ...LEAST.distill };
  assert.throws(() => parseRunConfig(distill, undefined, 'transfer'), {
    name: 'ConfigurationError',
    message: /method: received "distill", expected "transfer"/,
  });
  const unnamed = () => parseRunConfig(LEAST.distill, undefined, 'transfer');
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
