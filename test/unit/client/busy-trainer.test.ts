import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { WorkflowNotFoundError } from '@temporalio/client';
import { busyRun } from '../../../client/busy-trainer.js';
import type { Server } from '../../../client/connect.js';

const SCHEDULED = 1;
const STARTED = 2;

describe('a trainer with all its slots in use does not poll', () => {
  it('the run that it works on is found by the activity of its child workflow', async () => {
    const server = serverWith({
      'other-1': [{ activityType: { name: 'trainModel' }, state: SCHEDULED }],
      'clothes-1': [],
      'clothes-1/generation-2': [
        { activityType: { name: 'trainModel' }, state: STARTED, heartbeatDetails: {} },
      ],
    });
    assert.equal(await busyRun(server, 'apprentice-1'), 'clothes-1');
  });

  it('activities of orchestrators and workflows that have just ended keep no trainer busy', async () => {
    const server = serverWith({
      'clothes-1': [{ activityType: { name: 'promote' }, state: STARTED }],
      'other-1': 'gone',
    });
    assert.equal(await busyRun(server, 'apprentice-1'), undefined);
  });
});

interface Pending {
  readonly activityType: { readonly name: string };
  readonly state: number;
  readonly heartbeatDetails?: object;
}

function serverWith(
  workflows: Readonly<Record<string, readonly Pending[] | 'gone'>>,
): Pick<Server, 'client'> {
  const workflow = {
    async *list() {
      for (const workflowId of Object.keys(workflows)) yield { workflowId };
    },
    getHandle: (workflowId: string) => ({
      describe() {
        const pendingActivities = workflows[workflowId];
        return pendingActivities === 'gone'
          ? Promise.reject(new WorkflowNotFoundError('gone', workflowId, undefined))
          : Promise.resolve({ raw: { pendingActivities } });
      },
    }),
  };
  return { client: { workflow } } as unknown as Pick<Server, 'client'>;
}
