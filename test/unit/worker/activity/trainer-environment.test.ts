import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { test } from 'node:test';
import { trainerEnvironment } from '../../../../worker/activity/trainer-environment.js';

test('TensorFlow is quiet and gets its threads; variables that are set keep their values', () => {
  const { TF_NUM_INTRAOP_THREADS, TF_CPP_MIN_LOG_LEVEL, TF_DETERMINISTIC_OPS, PATH } = trainerEnvironment(
    { PATH: '/bin', TF_CPP_MIN_LOG_LEVEL: '0' },
    { threads: 3 },
  );
  assert.deepEqual(
    [TF_NUM_INTRAOP_THREADS, TF_CPP_MIN_LOG_LEVEL, TF_DETERMINISTIC_OPS, PATH],
    ['3', '0', undefined, '/bin'],
  );
  assert.equal(trainerEnvironment({}, { deterministic: true })['TF_DETERMINISTIC_OPS'], '1');
  assert.deepEqual(trainerEnvironment({}), {
    TF_CPP_MIN_LOG_LEVEL: '2',
    UV_THREADPOOL_SIZE: String(availableParallelism()),
    TF_FORCE_GPU_ALLOW_GROWTH: 'true',
  });
});
