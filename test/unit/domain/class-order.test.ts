import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outputOrder, outputOrders, sameClasses, withClassOrder } from '../../../domain/class-order.js';
import { ModelError } from '../../../domain/errors.js';

const SORTED = ['bag', 'coat', 'dress'];
const TURNED = ['dress', 'bag', 'coat'];

test('classes are the same in any order, and not where one is another or is left out', () => {
  assert.ok(sameClasses(SORTED, TURNED));
  assert.ok(!sameClasses(SORTED, ['bag', 'coat', 'shirt']));
  assert.ok(!sameClasses(SORTED, ['bag', 'coat']));
  assert.ok(!sameClasses(['bag', 'coat'], SORTED));
});

test('a data set takes the numbers of a model, and once more those of another', () => {
  const turned = withClassOrder({ classes: SORTED }, TURNED);
  assert.deepEqual(turned, { classes: TURNED, classNumbers: [1, 2, 0] });
  const wider = withClassOrder(turned, ['coat', 'shirt', 'bag', 'dress']);
  assert.deepEqual(wider.classNumbers, [2, 0, 3]);
  assert.deepEqual(withClassOrder(turned, SORTED), { classes: SORTED, classNumbers: [0, 1, 2] });
});

test('a data set that is numbered so already stays as it is', () => {
  const dataset = { classes: SORTED, splitKey: 's' };
  assert.equal(withClassOrder(dataset, [...SORTED]), dataset);
  const turned = withClassOrder(dataset, TURNED);
  assert.equal(withClassOrder(turned, TURNED), turned);
});

test('a class that a model does not know is named', () => {
  const isNamed = (error: Error) =>
    error instanceof ModelError && /received "coat", .*bag, dress/.test(error.message);
  assert.throws(() => withClassOrder({ classes: SORTED }, ['bag', 'dress']), isNamed);
  assert.throws(() => outputOrder(SORTED, ['bag', 'dress']), isNamed);
});

test('each class of a data set is found among a model’s outputs', () => {
  assert.equal(outputOrder(SORTED, SORTED), undefined);
  assert.deepEqual(outputOrder(SORTED, TURNED), [1, 2, 0]);
  assert.deepEqual(outputOrder(TURNED, SORTED), [2, 0, 1]);
});

test('of several models, all are told where one has another order', () => {
  const nameless = {};
  assert.equal(outputOrders(SORTED, [{ classes: SORTED }, nameless]), undefined);
  assert.deepEqual(outputOrders(SORTED, [nameless, { classes: TURNED }]), [
    [0, 1, 2],
    [1, 2, 0],
  ]);
});
