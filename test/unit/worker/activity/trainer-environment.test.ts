import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { test } from 'node:test';
import { childEnvironment } from '../../../../worker/activity/child-environment.js';
import { trainerEnvironment } from '../../../../worker/activity/trainer-environment.js';

test('keys of Temporal and of a cloud, and unknown variables, do not reach a training’s process', () => {
  const secrets = {
    TEMPORAL_API_KEY: 'key',
    TEMPORAL_ADDRESS: 'server:7233',
    TEMPORAL_TLS_CLIENT_KEY_DATA: 'key',
    AWS_SECRET_ACCESS_KEY: 'key',
    GITHUB_TOKEN: 'token',
    temporal_api_key: 'key',
    APPRENTICE_TOKEN: 'token',
  };
  const needed = { PATH: '/bin', LC_ALL: 'C', CUDA_VISIBLE_DEVICES: '1', LD_LIBRARY_PATH: '/lib' };
  assert.deepEqual(childEnvironment({ ...secrets, ...needed, TF_UNSET: undefined }), needed);
  const names = Object.keys(trainerEnvironment({ ...secrets, ...needed }, { threads: 1 }));
  assert.deepEqual(
    names.filter((name) => name in secrets),
    [],
  );
});

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
