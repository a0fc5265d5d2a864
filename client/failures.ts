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
import { NO_ORCHESTRATOR, orchestratorPolls } from './workers.js';

const CANCELLED = 1;
const UNAVAILABLE = 14;
const FAILED_PRECONDITION = 9;
const DEADLINE_EXCEEDED = 4;
const RESOURCE_EXHAUSTED = 8;
const ANSWER_WITHIN_MS = 3_000;
const NEAREST = 3;

/** Asks for something about a run; what goes wrong is said in the words of the person who asked. */
export async function translateErrors<T>(server: Server, runId: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw await translated(server, runId, error);
  }
}

async function translated(server: Server, runId: string, error: unknown): Promise<unknown> {
  if (error instanceof WorkflowNotFoundError) return endedOrUnknown(server, runId, error);
  if (error instanceof WorkflowUpdateFailedError) {
    return new DecisionRefusedError(`${runId}: ${error.cause?.message ?? error.message}`, { cause: error });
  }
  if (error instanceof NamespaceNotFoundError) return withoutNamespace(server.address, error);
  if (isUnavailable(error)) return unreachable(server.address, error);
  if (codeOf(error) === RESOURCE_EXHAUSTED) return busy(server.address, error);
  if (!isUnanswered(error)) return error;
  if (await isRefused(server.address)) return unreachable(server.address, error);
  const isServed = await isOrchestrated(server);
  if (isServed === undefined) return unreachable(server.address, error);
  return isServed
    ? busy(server.address, error)
    : new NoWorkerError(`${runId}: ${NO_ORCHESTRATOR}`, { cause: error });
}

/** It is there, and can't keep up. */
function busy(address: string, cause: unknown): ServerUnreachableError {
  return new ServerUnreachableError(
    `Temporal server: ${address} is there, but did not answer in time: it may be busy, try again`,
    { cause },
  );
}

/** A development server that has just started knows of none for a moment. */
function withoutNamespace(address: string, cause: NamespaceNotFoundError): ServerUnreachableError {
  return new ServerUnreachableError(
    `Temporal server: ${address} has no namespace "${cause.namespace}", or not yet: name yours in TEMPORAL_NAMESPACE, beside TEMPORAL_ADDRESS`,
    { cause },
  );
}

/** Undefined where the server doesn't answer that either. */
async function isOrchestrated(server: Server): Promise<boolean | undefined> {
  try {
    return await server.client.withDeadline(Date.now() + ANSWER_WITHIN_MS, () => orchestratorPolls(server));
  } catch (error) {
    if (isUnavailable(error) || isUnanswered(error)) return undefined;
    throw error;
  }
}

/** The server can't be reached, or is not yet itself. */
function isUnavailable(error: unknown): boolean {
  return codeOf(error) === UNAVAILABLE;
}

/** Nothing came in time, or the server knows of no worker that could answer. */
export function isUnanswered(error: unknown): boolean {
  const code = codeOf(error);
  return (
    error instanceof WorkflowUpdateRPCTimeoutOrCancelledError ||
    code === DEADLINE_EXCEEDED ||
    // So the SDK ends a call whose deadline comes while it waits to try again.
    code === CANCELLED ||
    code === FAILED_PRECONDITION
  );
}

function codeOf(error: unknown): number | undefined {
  const cause = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) ? cause.code : undefined;
}

export function ended(runId: string, status: string, cause?: Error): RunEndedError {
  const how = status.toLowerCase();
  return new RunEndedError(`${runId}: the run has ended (${how}), expected one that is going on`, { cause });
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
    .map((run) => ({ id: run.runId, distance: distance(run.runId, runId) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, NEAREST)
    .map(({ id }) => id);
  const known = nearest.length > 0 ? `; the nearest: ${nearest.join(', ')}` : '; there are none';
  return new UnknownRunError(`run: received "${runId}", expected the id of a run${known}`, { cause });
}
