import assert from 'node:assert/strict';
import { test } from 'node:test';
import { activityNamesOn } from '../../../activities/activities.js';
import { Devices } from '../../../worker/activity/devices.js';
import { trainingActivities } from '../../../worker/training-activities.js';

test('trainers serve every activity of their queue', () => {
  const { signal: stopping } = new AbortController();
  const served = trainingActivities({
    storeUrl: 'file:///nowhere',
    environment: {},
    devices: new Devices([]),
    graceMs: 1,
    stopping,
  });
  assert.deepEqual(Object.keys(served), [...activityNamesOn('trainer')]);
});
