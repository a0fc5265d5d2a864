import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { NativeConnection } from '@temporalio/worker';
import { hasNamespace } from '../../connection/has-namespace.js';
import { identityOf, isAlive, type ProcessIdentity } from '../../connection/process-identity.js';
import {
  readServerFile,
  removeServerFile,
  type ServerFile,
  writeServerFile,
} from '../../connection/server-file.js';
import { ConfigurationError } from '../../domain/errors.js';
import type { Home } from '../../domain/home.js';

/** The right to run the server of a home, which one `up` has at a time. */
export interface HomeClaim {
  /** Whether no other `up` has taken the home over. */
  isValid(): boolean;
  /** Publishes the server's process, and its address once it is ready. */
  publish(server: Pick<ServerFile, 'address' | 'uiUrl'> & { readonly pid: number }): void;
  release(): void;
}

export interface LivingServer {
  readonly address: string;
  readonly uiUrl?: string;
}

const POLL_MS = 200;
/** A server that another `up` is starting, or starts again. */
const READY_WITHIN_MS = 90_000;
/** Another `up` that claims the home at the same moment has written its file by then. */
const SETTLE_MS = 150;
const SERVER_ENDS_MS = 6_000;

/**
 * Claims a home, or finds the server of the `up` that has it. A file whose `up` has ended counts for nothing, whoever
 * answers at its address; a server that it left running is ended.
 * @param onNotice receives what was found and done
 * @throws ConfigurationError if the `up` that has the home does not get its server ready
 */
export async function claimHome(
  home: Home,
  namespace: string,
  onNotice: (notice: string) => void,
): Promise<HomeClaim | LivingServer> {
  const deadline = Date.now() + READY_WITHIN_MS;
  for (;;) {
    const file = readServerFile(home);
    if (file && isAlive(file.supervisor)) {
      if (file.address !== undefined && (await answers(file.address, namespace))) return living(file);
      if (Date.now() > deadline) throw notReady(home, file.supervisor);
      await sleep(POLL_MS);
      continue;
    }
    if (file) {
      const isElsewhere = await clearStale(file, namespace, onNotice);
      if (isElsewhere) return living(file);
    }
    const claim = await tryClaim(home, file);
    if (claim) return claim;
  }
}

function living({ address, uiUrl }: ServerFile): LivingServer {
  return { address: address!, ...(uiUrl !== undefined && { uiUrl }) };
}

/**
 * Ends the server that a killed `up` left.
 * @returns whether the server runs where its processes can't be seen: in another container
 */
async function clearStale(
  { server, address, supervisor }: ServerFile,
  namespace: string,
  onNotice: (notice: string) => void,
): Promise<boolean> {
  if (server && isAlive(server)) {
    await endProcess(server);
    onNotice(
      `ended the server (process ${server.pid}) that a killed \`up\` (process ${supervisor.pid}) left`,
    );
    return false;
  }
  if (address === undefined) return false;
  const isOwn = await answers(address, namespace);
  if (!isOwn) {
    onNotice(
      `the last \`up\` of this home (process ${supervisor.pid}) was killed; its server at ${address} has ended too`,
    );
  }
  return isOwn;
}

async function endProcess(identity: ProcessIdentity): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    signalTo(identity.pid, signal);
    for (const deadline = Date.now() + SERVER_ENDS_MS; Date.now() < deadline; await sleep(50)) {
      if (!isAlive(identity)) return;
    }
  }
}

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It has just ended.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Undefined if another process was faster. */
async function tryClaim(home: Home, stale: ServerFile | undefined): Promise<HomeClaim | undefined> {
  if (readServerFile(home)?.token !== stale?.token) return undefined;
  const token = randomUUID();
  const supervisor = identityOf(process.pid) ?? { pid: process.pid, startedAt: 'unknown' };
  writeServerFile(home, { token, supervisor });
  await sleep(SETTLE_MS);
  const isValid = () => readServerFile(home)?.token === token;
  if (!isValid()) return undefined;
  return {
    isValid,
    publish({ pid, ...server }) {
      if (!isValid()) return;
      const identity = identityOf(pid);
      writeServerFile(home, { token, supervisor, ...server, ...(identity && { server: identity }) });
    },
    release: () => removeServerFile(home, token),
  };
}

function notReady({ folder }: Home, { pid }: ProcessIdentity): ConfigurationError {
  return new ConfigurationError(
    `home: \`apprentice up\` (process ${pid}) has ${folder}, but its server does not get ready: see temporal.log in the logs folder of the home, or end that process`,
  );
}

/** Whether the server of this home answers at an address. */
async function answers(address: string, namespace: string): Promise<boolean> {
  const connection = await NativeConnection.connect({ address }).catch(() => undefined);
  try {
    return connection !== undefined && (await hasNamespace(connection, namespace));
  } catch {
    return false;
  } finally {
    await connection?.close();
  }
}
