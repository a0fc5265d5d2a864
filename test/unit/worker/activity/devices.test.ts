import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Devices, parseDevices } from '../../../../worker/activity/devices.js';

test('each activity sees its own GPU, which is free again when the activity ends or fails', async () => {
  const devices = new Devices(parseDevices('0, 2'));
  const seen: unknown[] = [];
  const ends: Array<(error?: Error) => void> = [];
  const step = () =>
    devices.with(async (environment) => {
      seen.push(environment['CUDA_VISIBLE_DEVICES']);
      await new Promise<void>((resolve, reject) => {
        ends.push((error) => (error ? reject(error) : resolve()));
      });
    });
  const first = step();
  const second = step();
  ends[0]!(new Error('lost'));
  await assert.rejects(first, /lost/);
  const third = step();
  ends[1]!();
  ends[2]!();
  await Promise.all([second, third]);
  assert.deepEqual(seen, ['0', '2', '0']);
});

test('without a list of GPUs an activity keeps its environment', async () => {
  await new Devices([]).with(async (environment) => assert.deepEqual(environment, {}));
});

for (const text of ['', '0,0', '0,', 'cuda:1', '-1']) {
  test(`"${text}" is no list of GPUs`, () => {
    assert.throws(() => parseDevices(text), { name: 'ConfigurationError', message: /^gpus: received/ });
  });
}
