import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type NativeConnection, Worker } from '@temporalio/worker';
import { payloadCodec } from '../connection/payload-codec.js';
import { ConfigurationError } from '../domain/errors.js';
import { queuesOf } from '../domain/protocol.js';
import { openStore } from '../storage/open-store.js';
import { classifyFailures } from './classify-failures.js';
import { orchestrationActivities } from './orchestration-activities.js';
import { onSameStore } from './same-store.js';

/** All workflows in one file; bundle-workflows.ts writes it during the build. */
export const WORKFLOW_BUNDLE = fileURLToPath(new URL('./workflow-bundle.js', import.meta.url));

/** A worker that runs the workflows and the quick activities. */
export async function createOrchestrator(
  connection: NativeConnection,
  namespace: string,
  storeUrl: string,
  storeId: string,
): Promise<{ worker: Worker; stop(): void }> {
  if (!existsSync(WORKFLOW_BUNDLE)) {
    throw new ConfigurationError(`workflow bundle: ${WORKFLOW_BUNDLE} is missing: run npm run build`);
  }
  const store = openStore(storeUrl);
  const worker = await Worker.create({
    connection,
    namespace,
    dataConverter: { payloadCodecs: [payloadCodec] },
    taskQueue: queuesOf(storeId).orchestration,
    workflowBundle: { codePath: WORKFLOW_BUNDLE },
    activities: { ...classifyFailures(onSameStore(store, storeId, orchestrationActivities(store))) },
    // After this time, another orchestrator takes over the workflows of a dead one.
    stickyQueueScheduleToStartTimeout: '5 seconds',
    shutdownGraceTime: '10 seconds',
    shutdownForceTime: '15 seconds',
  });
  return {
    worker,
    stop() {
      if (worker.getState() === 'RUNNING') worker.shutdown();
    },
  };
}
