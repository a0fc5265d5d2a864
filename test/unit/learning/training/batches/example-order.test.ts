import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ExampleOrder } from '../../../../../learning/training/batches/example-order.js';

const COUNT = 7;
const KEY = { seed: 3, generation: 1, stream: 'labelled' };
const orderOf = (change: object = {}) => new ExampleOrder(COUNT, { ...KEY, ...change });

function epochOf(order: ExampleOrder, epoch: number): number[] {
  return Array.from({ length: COUNT }, (_, index) => {
    const drawn = order.at(epoch * COUNT + index);
    assert.equal(drawn.epoch, epoch);
    return drawn.example;
  });
}

test('an epoch has every example once, in its own order', () => {
  const order = orderOf();
  const epochs = [0, 1, 2].map((epoch) => epochOf(order, epoch));
  for (const epoch of epochs) assert.deepEqual([...epoch].sort(), [...Array(COUNT).keys()]);
  assert.equal(new Set(epochs.map(String)).size, 3);
});

test('a position does not depend on the start; it differs by stream, generation and seed', () => {
  const whole = orderOf();
  for (let position = 0; position < 4 * COUNT; position++) whole.at(position);
  assert.deepEqual(epochOf(orderOf(), 4), epochOf(whole, 4));
  const first = String(epochOf(orderOf(), 0));
  for (const change of [{ stream: 'unlabelled' }, { generation: 2 }, { seed: 4 }]) {
    assert.notEqual(String(epochOf(orderOf(change), 0)), first);
  }
});
