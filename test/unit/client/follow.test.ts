import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ServiceError } from '@temporalio/client';
import { NamespaceNotFoundError } from '@temporalio/common';
import type { Server } from '../../../client/connect.js';
import { RunEndedError } from '../../../client/errors.js';
import { type Followed, followSnapshots } from '../../../client/follow.js';
import { queuesOf } from '../../../domain/protocol.js';
import { FileStore } from '../../../storage/file-store.js';
import { storeIdentity } from '../../../storage/store-identity.js';
import { served } from '../../support/served.js';

const DEADLINE_EXCEEDED = 4;
const RESOURCE_EXHAUSTED = 8;
const ABORTED = 10;
const INTERNAL = 13;
const UNAVAILABLE = 14;

/** As the SDK wraps what gRPC says. */
function grpcError(code: number): ServiceError {
  const cause = Object.assign(new Error(`code ${code}`), { code, details: '', metadata: {} });
  return new ServiceError('Failed to describe workflow', { cause });
}

/** A server that listens and has an orchestrator, or none. */
async function listening(after: (close: () => void) => void, hasOrchestrator = true): Promise<Server> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  after(() => listener.close());
  const { port } = listener.address() as { port: number };
  const store = new FileStore(await mkdtemp(join(tmpdir(), 'apprentice-store-')));
  const { orchestration } = queuesOf(await storeIdentity(store));
  return {
    ...served(hasOrchestrator ? { [orchestration]: [0] } : {}),
    store,
    address: `127.0.0.1:${port}`,
    client: {
      options: { namespace: 'default' },
      withDeadline: (_: number, work: () => Promise<unknown>) => work(),
    },
  } as unknown as Server;
}

/** Looks that end one after the other as told. */
function looks(...ends: ReadonlyArray<Followed | Error>): () => Promise<Followed> {
  let place = 0;
  return async () => {
    const end = ends[place++]!;
    if (end instanceof Error) throw end;
    return end;
  };
}

const GOING: Followed = { progress: {}, problems: [] };
const ENDED: Followed = { progress: {}, problems: [], outcome: { status: 'completed' } };

test('a server that is too busy to answer, or starts again, does not end the following', async (t) => {
  const server = await listening((close) => t.after(close));
  const look = looks(
    GOING,
    grpcError(DEADLINE_EXCEEDED),
    grpcError(RESOURCE_EXHAUSTED),
    new NamespaceNotFoundError('default'),
    ENDED,
  );
  const seen: Followed[] = [];
  for await (const snapshot of followSnapshots(server, 'r-1', look, { intervalMs: 1 })) seen.push(snapshot);
  assert.deepEqual(seen.at(-1), ENDED);
  const problems = seen.flatMap((snapshot) => snapshot.problems);
  assert.equal(problems.length, 3);
  assert.match(problems[0]!, /127\.0\.0\.1:\d+ accepts connections, but did not answer in time/);
  assert.match(problems[2]!, /no namespace "default", or not yet.*TEMPORAL_NAMESPACE/);
});

test('a server that does not answer at first is waited for', async (t) => {
  const server = await listening((close) => t.after(close));
  const look = looks(grpcError(UNAVAILABLE), grpcError(DEADLINE_EXCEEDED), ENDED);
  const following = followSnapshots(server, 'r-1', look, { intervalMs: 1 });
  assert.deepEqual((await following.next()).value, ENDED);
});

test('an unexpected error ends the following', async (t) => {
  const server = await listening((close) => t.after(close));
  const following = (...ends: ReadonlyArray<Followed | Error>) =>
    followSnapshots(server, 'r-1', looks(...ends), { intervalMs: 1 });
  const broken = following(GOING, new Error('a mistake of ours'));
  await broken.next();
  await assert.rejects(broken.next(), /a mistake of ours/);
});

test('a killed orchestrator does not end the following; the run says what is missing', async (t) => {
  const server = await listening((close) => t.after(close), false);
  const look = looks(GOING, grpcError(DEADLINE_EXCEEDED), grpcError(DEADLINE_EXCEEDED), ENDED);
  const seen: Followed[] = [];
  for await (const snapshot of followSnapshots(server, 'r-1', look, { intervalMs: 1 })) seen.push(snapshot);
  assert.deepEqual(seen.at(-1), ENDED);
  assert.match(seen[1]!.problems[0]!, /no orchestrator answers/);
});

test('an orchestrator that starts late does not end the following before it has begun', async (t) => {
  const server = await listening((close) => t.after(close), false);
  const look = looks(grpcError(DEADLINE_EXCEEDED), grpcError(DEADLINE_EXCEEDED), ENDED);
  const seen: Followed[] = [];
  for await (const snapshot of followSnapshots(server, 'r-1', look, { intervalMs: 1 })) seen.push(snapshot);
  assert.deepEqual(seen, [ENDED]);
});

test('a server that is killed and starts again does not end the following', async (t) => {
  const server = await listening((close) => t.after(close));
  const look = looks(
    GOING,
    grpcError(INTERNAL),
    grpcError(UNAVAILABLE),
    grpcError(ABORTED),
    new RunEndedError('r-1: the run has ended'),
    ENDED,
  );
  const seen: Followed[] = [];
  for await (const snapshot of followSnapshots(server, 'r-1', look, { intervalMs: 1 })) seen.push(snapshot);
  assert.equal(seen.length, 6);
  assert.deepEqual(seen.at(-1), ENDED);
});

test('following gives up without a snapshot for as long as asked', async (t) => {
  const server = await listening((close) => t.after(close), false);
  const look = looks(GOING, ...Array.from({ length: 50 }, () => grpcError(DEADLINE_EXCEEDED)));
  const following = followSnapshots(server, 'r-1', look, { intervalMs: 5, giveUpAfterMs: 50 });
  await assert.rejects(
    async () => {
      for await (const _ of following);
    },
    { name: 'NoWorkerError' },
  );
});
