import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trainedNetworks } from '../../../../domain/config/trained-networks.js';
import { trainingForGeneration } from '../../../../domain/config/training-for-generation.js';
import { parseRunConfig } from '../../../../domain/parse-run-config.js';

const LEAST = { name: 'shoes', data: { labelled: { format: 'class-folders', path: 'x' } } } as const;
const parse = (teacher: object, change: object = {}) =>
  parseRunConfig({ ...LEAST, teacher, ...change }, undefined, 'self-training');

test('a teacher is a training or an existing model; parsed output parses again', () => {
  assert.equal(parse({ steps: 50 }).teacher.from, undefined);
  const config = parse({ from: 'clothes@2' });
  assert.equal(config.teacher.from, 'clothes@2');
  assert.deepEqual(parseRunConfig(JSON.parse(JSON.stringify(config))), config);
});

test('training settings of a teacher that is an existing model are refused, each by its field', () => {
  assert.throws(() => parse({ from: 'clothes', steps: 50, augmentation: { flip: 0 } }), {
    name: 'ConfigurationError',
    message: /teacher\.augmentation: .*\n.*teacher\.steps: received 50, expected none with teacher\.from/,
  });
  assert.throws(() => parse({ from: '' }), /teacher\.from: received ""/);
  assert.doesNotThrow(() => parse({ from: 'clothes', steps: 600 }), 'as it would be anyway');
});

test('students keep their networks whether or not the teacher is trained', () => {
  const fields = (teacher: object, change: object = {}) =>
    trainedNetworks(parse(teacher, change)).map(({ generation, field }) => [generation, field]);
  const students = [
    [1, 'models[1]'],
    [2, 'models[2]'],
  ];
  assert.deepEqual(fields({}), [[0, 'models[0]'], ...students]);
  assert.deepEqual(fields({ from: 'clothes' }), students);
  const one = { models: [{ kind: 'residual' }], generations: 3 };
  assert.deepEqual(fields({ from: 'clothes' }, one), [[1, 'models[0]']]);
  assert.deepEqual(fields({ from: 'clothes' }, { generations: 0 }), []);
});

test('a training spec does not contain teacher.from', () => {
  assert.ok(!('from' in trainingForGeneration(parse({ from: 'clothes' }), 0)));
});
