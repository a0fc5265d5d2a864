import {
  isGrpcServiceError,
  ServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { NamespaceNotFoundError } from '@temporalio/common';
import { distance } from 'fastest-levenshtein';
import { isRefused, type Server, unreachable } from './connect.js';
import {
  DecisionRefusedError,
  NoWorkerError,
  RunEndedError,
  ServerUnreachableError,
  UnknownRunError,
} from './errors.js';
import { listRuns } from './list.js';
import { ownQueue } from './stores.js';
import { isServed, noOrchestrator } from './workers.js';

const CANCELLED = 1;
const UNKNOWN = 2;
const ABORTED = 10;
const INTERNAL = 13;
const UNAVAILABLE = 14;
const FAILED_PRECONDITION = 9;
const DEADLINE_EXCEEDED = 4;
const RESOURCE_EXHAUSTED = 8;
const TIMEOUT_MS = 3_000;
const SUGGESTIONS = 3;

/** Runs a request about a run and translates errors of the SDK into those of client/errors.ts. */
export async function translateErrors<T>(server: Server, runId: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw await translated(server, runId, error);
  }
}

async function translated(server: Server, runId: string, error: unknown): Promise<unknown> {
  if (error instanceof WorkflowNotFoundError) {
    // The server may go away during these requests.
    return endedOrUnknown(server, runId, error).catch((then) =>
      then instanceof WorkflowNotFoundError ? error : translated(server, runId, then),
    );
  }
  if (error instanceof WorkflowUpdateFailedError) {
    return new DecisionRefusedError(`${runId}: ${error.cause?.message ?? error.message}`, { cause: error });
  }
  if (error instanceof NamespaceNotFoundError) return withoutNamespace(server.address, error);
  if (isUnavailable(error)) return unreachable(server.address, error);
  if (isTrouble(error)) return busy(server.address, error);
  if (!isUnanswered(error)) return error;
  if (await isRefused(server.address)) return unreachable(server.address, error);
  const queue = await ownQueue(server);
  const isAnswerable = await isOrchestrated(server, queue);
  if (isAnswerable === undefined) return unreachable(server.address, error);
  return isAnswerable
    ? busy(server.address, error)
    : new NoWorkerError(`${runId}: ${await noOrchestrator(server, queue)}`, { cause: error });
}

function busy(address: string, cause: unknown): ServerUnreachableError {
  return new ServerUnreachableError(
    `Temporal server: ${address} accepts connections, but did not answer in time: it may be busy, try again`,
    { cause },
  );
}

/** A development server has no namespaces for a moment after its start. */
function withoutNamespace(address: string, cause: NamespaceNotFoundError): ServerUnreachableError {
  return new ServerUnreachableError(
    `Temporal server: ${address} has no namespace "${cause.namespace}", or not yet: set TEMPORAL_NAMESPACE, and TEMPORAL_ADDRESS with it`,
    { cause },
  );
}

/** Undefined if the server does not answer. */
async function isOrchestrated(server: Server, queue: string | undefined): Promise<boolean | undefined> {
  if (queue === undefined) return false;
  try {
    return await server.client.withDeadline(Date.now() + TIMEOUT_MS, () => isServed(server, queue));
  } catch (error) {
    if (isUnavailable(error) || isUnanswered(error) || isTrouble(error)) return undefined;
    throw error;
  }
}

/** The server can't be reached or is still starting. */
function isUnavailable(error: unknown): boolean {
  return codeOf(error) === UNAVAILABLE;
}

/** A server that is overloaded, starts, or ends answers so; its answer to a later request is another. */
function isTrouble(error: unknown): boolean {
  const code = codeOf(error);
  return (
    code === RESOURCE_EXHAUSTED ||
    code === ABORTED ||
    // A server that is killed resets its streams.
    code === INTERNAL ||
    code === UNKNOWN
  );
}

/** There was no answer in time, or the server has no worker that could answer. */
export function isUnanswered(error: unknown): boolean {
  const code = codeOf(error);
  return (
    error instanceof WorkflowUpdateRPCTimeoutOrCancelledError ||
    code === DEADLINE_EXCEEDED ||
    // The SDK's error when the deadline passes while it waits to retry.
    code === CANCELLED ||
    code === FAILED_PRECONDITION
  );
}

function codeOf(error: unknown): number | undefined {
  const cause = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) ? cause.code : undefined;
}

export function ended(runId: string, status: string, cause?: Error): RunEndedError {
  return new RunEndedError(
    `${runId}: the run has ended (${status.toLowerCase()}), expected one in progress: start another run; one that failed or was cancelled continues if started with this id`,
    { cause },
  );
}

async function endedOrUnknown(server: Server, runId: string, cause: Error): Promise<Error> {
  const described = await server.client.workflow
    .getHandle(runId)
    .describe()
    .catch((error) => {
      if (error instanceof WorkflowNotFoundError) return undefined;
      throw error;
    });
  if (described) return ended(runId, described.status.name, cause);
  const runs = await listRuns(server, { limit: 1000 });
  const nearest = runs
    .map((run) => run.runId)
    .sort((a, b) => distance(a, runId) - distance(b, runId))
    .slice(0, SUGGESTIONS);
  const known = nearest.length > 0 ? `; the nearest: ${nearest.join(', ')}` : '; there are none';
  return new UnknownRunError(`run: received "${runId}", expected the id of a run${known}`, { cause });
}
