/**
 * Runs the real workflow bundle against a real Temporal server with stub activities: for tests of what workflows do,
 * without TensorFlow, images or a store.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { activityInfo } from '@temporalio/activity';
import { Client, Connection } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { DefaultLogger, NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import { payloadCodec } from '../../connection/payload-codec.js';
import { queuesOf } from '../../domain/protocol.js';
import { findTemporalServer } from '../../setup/temporal/find-server.mjs';
import { WORKFLOW_BUNDLE } from '../../worker/orchestrator.js';
import { registerSearchAttributes } from '../../worker/search-attributes.js';
import { forkProgram } from '../../worker/supervisor/child-processes.js';
import { freePort } from '../../worker/supervisor/free-port.js';

/** The queues of the store that stub activities don't need. */
export const STUB_QUEUES = queuesOf('0123456789abcdef');

/** Stub activities by name. A call without a stub fails at once, without retries. */
export type StubActivities = Readonly<Record<string, (input: never) => unknown>>;

export type WorkflowHistory = Awaited<
  ReturnType<ReturnType<Client['workflow']['getHandle']>['fetchHistory']>
>;

/** A namespace of its own on the shared server, with workers on both queues. */
export interface WorkflowTest {
  readonly client: Client;
  readonly connection: Connection;
  readonly address: string;
  readonly namespace: string;
  /** The history of a workflow: of its latest run, or of the given one. */
  history(workflowId: string, runId?: string): Promise<WorkflowHistory>;
  /** Replays a history against the bundle. @throws DeterminismViolationError when the workflow took another path */
  replay(workflowId: string, runId?: string): Promise<void>;
}

interface Server {
  readonly address: string;
  readonly connection: Connection;
  readonly native: NativeConnection;
}

/**
 * Serves the workflows while `work` runs. Uses may run at the same time; each has its own namespace. A workflow task that
 * throws is retried until the test's timeout, and the worker prints the error.
 * @param activities stubs for both queues
 * @param options of the workers, for example `maxCachedWorkflows: 0`, which replays the history at every workflow task
 */
export async function withWorkflows<T>(
  activities: StubActivities,
  work: (test: WorkflowTest) => Promise<T>,
  options: Partial<WorkerOptions> = {},
): Promise<T> {
  const { address, connection, native } = await sharedServer();
  const namespace = `test-${process.pid}-${uses++}`;
  await native.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
  });
  await registerSearchAttributes(native, namespace);
  const shared = {
    connection: native,
    namespace,
    dataConverter,
    activities: { default: refuse, ...activities },
    // Runs workflows in this thread: starting a thread for each worker takes several times as long.
    debugMode: true,
    // A cancellation reaches an activity with the reply to a heartbeat.
    maxHeartbeatThrottleInterval: HEARTBEAT_MS,
    defaultHeartbeatThrottleInterval: HEARTBEAT_MS,
    shutdownGraceTime: 0,
    shutdownForceTime: '5 seconds',
    ...options,
  } satisfies Partial<WorkerOptions>;
  const workers = await Promise.all([
    Worker.create({
      ...shared,
      taskQueue: STUB_QUEUES.orchestration,
      workflowBundle: { codePath: WORKFLOW_BUNDLE },
    }),
    Worker.create({ ...shared, taskQueue: STUB_QUEUES.training }),
  ]);
  const client = new Client({ connection, namespace, dataConverter });
  const history = (workflowId: string, runId?: string) =>
    client.workflow.getHandle(workflowId, runId).fetchHistory();
  const replay = async (workflowId: string, runId?: string) =>
    Worker.runReplayHistory(
      { workflowBundle: { codePath: WORKFLOW_BUNDLE }, dataConverter },
      await history(workflowId, runId),
      workflowId,
    );
  const [orchestrator, trainer] = workers;
  return orchestrator!.runUntil(
    trainer!.runUntil(work({ client, connection, address, namespace, history, replay })),
  );
}

const dataConverter = { payloadCodecs: [payloadCodec] };

let uses = 0;
let server: Promise<Server> | undefined;

/** The server of this process, started at the first use. It ends with the process. */
function sharedServer(): Promise<Server> {
  server ??= startServer();
  return server;
}

const HEARTBEAT_MS = 50;
const IP = '127.0.0.1';
const READY_WITHIN_MS = 30_000;

async function startServer(): Promise<Server> {
  quietRuntime();
  const executable = findTemporalServer(process.env);
  if (!executable)
    throw new Error('Temporal server: there is none, expected the one that `npm test` installs');
  const address = `${IP}:${await freePort()}`;
  const [, port] = address.split(':');
  const args = `server start-dev --ip ${IP} --port ${port} --headless --log-level never`;
  const child = forkProgram(executable, args.split(' '), process.env);
  // A test process ends when its tests have ended; the server ends with it.
  child.unref();
  child.channel?.unref();
  const native = await connect(address);
  return { address, native, connection: await Connection.connect({ address }) };
}

async function connect(address: string): Promise<NativeConnection> {
  for (const deadline = Date.now() + READY_WITHIN_MS; ; await sleep(20)) {
    try {
      const connection = await NativeConnection.connect({ address });
      await connection.workflowService.describeNamespace({ namespace: 'default' });
      return connection;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}

/** Without the log lines of each worker's start and stop. A process has one runtime, which another test may have made. */
function quietRuntime(): void {
  try {
    Runtime.install({ logger: new DefaultLogger('ERROR') });
  } catch (error) {
    if ((error as Error).name !== 'IllegalStateError') throw error;
  }
}

function refuse(): never {
  const { activityType } = activityInfo();
  throw ApplicationFailure.nonRetryable(`received a call of ${activityType}, expected a stub for it`);
}
