import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TRAINING_STEPS } from '../../../domain/protocol.js';
import { Devices } from '../../../worker/step/devices.js';
import { trainingActivities } from '../../../worker/training-activities.js';

test('trainers serve every step of their queue, and clients know each of them', () => {
  const { signal: stopping } = new AbortController();
  const served = trainingActivities({
    storeUrl: 'file:///nowhere',
    environment: {},
    devices: new Devices([]),
    graceMs: 1,
    stopping,
  });
  assert.deepEqual(Object.keys(served), [...TRAINING_STEPS]);
});
