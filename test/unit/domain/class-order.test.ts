import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outputOrder, outputOrders, sameClasses, withClassOrder } from '../../../domain/class-order.js';
import { ModelError } from '../../../domain/errors.js';

const SORTED = ['bag', 'coat', 'dress'];
const TURNED = ['dress', 'bag', 'coat'];

test('sameClasses ignores the order but not a different or missing class', () => {
  assert.ok(sameClasses(SORTED, TURNED));
  assert.ok(!sameClasses(SORTED, ['bag', 'coat', 'shirt']));
  assert.ok(!sameClasses(SORTED, ['bag', 'coat']));
  assert.ok(!sameClasses(['bag', 'coat'], SORTED));
});

test('a data set can be renumbered in the order of one model and then of another', () => {
  const turned = withClassOrder({ classes: SORTED }, TURNED);
  assert.deepEqual(turned, { classes: TURNED, classNumbers: [1, 2, 0] });
  const wider = withClassOrder(turned, ['coat', 'shirt', 'bag', 'dress']);
  assert.deepEqual(wider.classNumbers, [2, 0, 3]);
  assert.deepEqual(withClassOrder(turned, SORTED), { classes: SORTED, classNumbers: [0, 1, 2] });
});

test('a data set in the same order is returned unchanged', () => {
  const dataset = { classes: SORTED, splitKey: 's' };
  assert.equal(withClassOrder(dataset, [...SORTED]), dataset);
  const turned = withClassOrder(dataset, TURNED);
  assert.equal(withClassOrder(turned, TURNED), turned);
});

test('a class that the model lacks is named in the error', () => {
  const isNamed = (error: Error) =>
    error instanceof ModelError && /received "coat", .*bag, dress/.test(error.message);
  assert.throws(() => withClassOrder({ classes: SORTED }, ['bag', 'dress']), isNamed);
  assert.throws(() => outputOrder(SORTED, ['bag', 'dress']), isNamed);
});

test('outputOrder finds each class among a model’s outputs', () => {
  assert.equal(outputOrder(SORTED, SORTED), undefined);
  assert.deepEqual(outputOrder(SORTED, TURNED), [1, 2, 0]);
  assert.deepEqual(outputOrder(TURNED, SORTED), [2, 0, 1]);
});

test('outputOrders returns all orders if one model differs', () => {
  const nameless = {};
  assert.equal(outputOrders(SORTED, [{ classes: SORTED }, nameless]), undefined);
  assert.deepEqual(outputOrders(SORTED, [nameless, { classes: TURNED }]), [
    [0, 1, 2],
    [1, 2, 0],
  ]);
});
