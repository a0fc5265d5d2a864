import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ScheduleAlreadyRunning } from '@temporalio/client';
import type { Server } from '../../../client/connect.js';
import { schedulesOf } from '../../../client/schedules.js';
import { METHOD_NAMES, type RunConfig } from '../../../domain/methods.js';
import { leastConfig } from '../../support/least-config.js';
import { served } from '../../support/served.js';

interface Created {
  readonly scheduleId: string;
  readonly spec: object;
  readonly action: {
    readonly type: string;
    readonly workflowType: string;
    readonly workflowId: string;
    readonly taskQueue: string;
    readonly args: readonly [{ readonly config: RunConfig }];
    readonly memo: object;
  };
  readonly policies: object;
  readonly memo: object;
}

/** February 30th; a real server says so in the test of the commands. */
const NEVER = '0 0 30 2 *';

/** A server that keeps the schedules that it is asked to create, and lists them. */
function server() {
  const created: Created[] = [];
  const schedule = {
    async create(options: Created) {
      if (created.some(({ scheduleId }) => scheduleId === options.scheduleId)) {
        throw new ScheduleAlreadyRunning('taken', options.scheduleId);
      }
      created.push(options);
      const { cronExpressions: [cron] = [] } = options.spec as { cronExpressions?: string[] };
      return {
        describe: async () => ({ info: { nextActionTimes: cron === NEVER ? [] : [new Date()] } }),
        delete: async () => void created.pop(),
      };
    },
    async *list() {
      for (const { scheduleId, action, memo } of created) {
        const info = { nextActionTimes: [], recentActions: [] };
        yield { scheduleId, action, memo, state: { paused: false }, info };
      }
    },
  };
  return {
    created,
    schedules: schedulesOf({ ...served(), client: { options: {}, schedule } } as unknown as Server),
  };
}

for (const method of METHOD_NAMES) {
  test(`a schedule starts runs of ${method}`, async () => {
    const { created, schedules } = server();
    await schedules.create('nightly', leastConfig(method), { cron: '0 3 * * *' });
    const [{ action, spec, policies }] = created as [Created];
    assert.deepEqual(
      [action.type, action.workflowType, action.workflowId],
      ['startWorkflow', 'run', 'nightly'],
    );
    assert.deepEqual(action.memo, { name: 'shoes', method });
    assert.deepEqual([action.args[0].config.method, action.args[0].config.seed], [method, 0]);
    assert.deepEqual(spec, { cronExpressions: ['0 3 * * *'] });
    assert.deepEqual(policies, { overlap: 'SKIP', catchupWindow: '1 day' });
    const listed = await schedules.list();
    assert.deepEqual(
      listed.map(({ id, name, method, when, overlap }) => ({ id, name, method, when, overlap })),
      [{ id: 'nightly', name: 'shoes', method, when: '0 3 * * *', overlap: 'skip' }],
    );
  });
}

test('wrong times, configurations and ids are refused before the server is called', async () => {
  const { created, schedules } = server();
  const config = leastConfig('self-training');
  await assert.rejects(
    schedules.create('nightly', config, {}),
    /^ConfigurationError: schedule: received neither cron nor every, expected one of them$/,
  );
  await assert.rejects(
    schedules.create('nightly', config, { cron: '0 3 * * *', every: '6h' }),
    /^ConfigurationError: schedule: received both cron and every, expected one of them$/,
  );
  await assert.rejects(
    schedules.create('a/b', config, { every: '6h' }),
    /^ConfigurationError: schedule id: /,
  );
  const wrong = { ...config, name: 'A b' };
  await assert.rejects(schedules.create('nightly', wrong, { every: '6h' }), /name: received "A b"/);
  assert.equal(created.length, 0);
});

test('an id that a schedule has already is refused', async () => {
  const { schedules } = server();
  const create = () => schedules.create('nightly', leastConfig('gap'), { every: '6h' });
  await create();
  await assert.rejects(
    create(),
    /^ConfigurationError: schedule: received "nightly", which exists already, expected an unused id/,
  );
});

test('a schedule that never starts a run is not kept', async () => {
  const { created, schedules } = server();
  await assert.rejects(
    schedules.create('never', leastConfig('gap'), { cron: NEVER }),
    /^ConfigurationError: schedule: received "0 0 30 2 \*", which never comes/,
  );
  assert.equal(created.length, 0);
});
