import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { inLanes } from '../../../workflows/lanes.js';

const ITEMS = [0, 1, 2, 3, 4, 5, 6];
/** Outside of a workflow, there is no message to the server. */
const limit = async () => undefined;

test('every item is done once, at most one in each lane at a time', async () => {
  const done: number[] = [];
  let now = 0;
  let most = 0;
  await inLanes(
    ITEMS,
    3,
    async (item) => {
      most = Math.max(most, ++now);
      for (let turn = 0; turn < 1 + (item % 3); turn++) await setImmediate();
      now--;
      done.push(item);
    },
    { limit },
  );
  assert.deepEqual([...done].sort(), ITEMS);
  assert.equal(most, 3);
});

test('each lane does at least one item, and begins no more when it may not', async () => {
  const done: number[] = [];
  await inLanes(ITEMS, 2, async (item) => void done.push(item), { mayBegin: () => false, limit });
  assert.deepEqual(done, [0, 1]);
});

test('after a failure no more items begin, and those under way end first', async () => {
  const done: number[] = [];
  const work = async (item: number) => {
    if (item === 0) throw new Error('lost');
    for (let turn = 0; turn < 5; turn++) await setImmediate();
    done.push(item);
  };
  await assert.rejects(inLanes([0, 1, 2], 2, work, { limit }), /lost/);
  assert.deepEqual(done, [1]);
});

test('the first failure is thrown, whatever its lane', async () => {
  const work = async (item: number) => {
    for (let turn = item; turn < 3; turn++) await setImmediate();
    throw new Error(`lost ${item}`);
  };
  await assert.rejects(inLanes([0, 1, 2], 3, work, { limit }), /lost 2/);
});
