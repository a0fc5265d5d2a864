import { createConnection } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { findServer, type ServerSettings, type Wanted } from '../connection/find-server.js';
import { hasNamespace } from '../connection/has-namespace.js';
import { payloadCodec } from '../connection/payload-codec.js';
import type { ArtifactStore } from '../domain/artifact-store.js';
import { type Home, homeOf } from '../domain/home.js';
import { type Queues, queuesOf } from '../domain/protocol.js';
import { openStore } from '../storage/open-store.js';
import { storeIdentity } from '../storage/store-identity.js';
import { ServerUnreachableError } from './errors.js';

export interface ConnectOptions {
  /** host:port; by default from Temporal's environment variables, else the private server of the home. */
  readonly address?: string;
  /** By default from Temporal's environment variables if they set an address too; that of the home for its own server. */
  readonly namespace?: string;
  /** A profile of Temporal's configuration file. */
  readonly profile?: string;
  /** Folder of `apprentice up`; APPRENTICE_HOME or `.apprentice` by default. */
  readonly home?: string;
  /** Folder or URL of the store; APPRENTICE_STORE or the home's store by default. */
  readonly store?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** The connections that all parts of the client use. */
export interface Server {
  readonly client: Client;
  readonly connection: Connection;
  readonly address: string;
  readonly store: ArtifactStore;
  /** The queues of the store, which gets its id at the first call. */
  queues(): Promise<Queues>;
  /** Logs of the `apprentice up` that runs the server, if it is the private one of a home. */
  readonly upLogs?: string;
  /** The namespace's pages in Temporal's UI, if `apprentice up` of this home runs the server. */
  readonly uiUrl?: string;
}

const CONNECT_TIMEOUT = '10 seconds';
const PROBE_TIMEOUT_MS = 2_000;
/** A private server takes seconds to start. */
const STARTS_WITHIN_MS = 30_000;
const STARTS_POLL_MS = 200;

/**
 * Connects to the wanted or configured server, or to the private server of the home, and checks that the one who answers
 * at its address belongs to this home.
 * @throws ServerUnreachableError if no server answers, or that of another home
 * @throws ConfigurationError if Temporal's environment variables are invalid, or there is neither address nor home
 */
export async function connect(options: ConnectOptions = {}): Promise<Server> {
  const { environment = process.env } = options;
  const home = homeOf(environment, options.home, options.store);
  const {
    options: server,
    namespace,
    isPrivate,
    uiUrl,
  } = await settingsOf({ ...options, environment, home });
  const { address } = server;
  const connection = await connectTo(server, home.folder);
  if (isPrivate) await expectOwn(connection, address, namespace, home);
  const store = openStore(home.storeUrl);
  let queues: Promise<Queues> | undefined;
  return {
    client: new Client({ connection, namespace, dataConverter: { payloadCodecs: [payloadCodec] } }),
    connection,
    address,
    store,
    queues() {
      queues ??= storeIdentity(store).then(queuesOf);
      // A later call may succeed.
      queues.catch(() => {
        queues = undefined;
      });
      return queues;
    },
    ...(isPrivate && { upLogs: home.logs }),
    ...(uiUrl && { uiUrl }),
  };
}

/** Waits for a private server that is starting. */
async function settingsOf(wanted: Wanted): Promise<ServerSettings> {
  for (const deadline = Date.now() + STARTS_WITHIN_MS; ; await sleep(STARTS_POLL_MS)) {
    const found = findServer(wanted);
    if (!('missing' in found)) return found;
    if (!found.isStarting || Date.now() > deadline) {
      throw new ServerUnreachableError(
        `Temporal server: ${found.missing}: start it with \`apprentice up\`, or set TEMPORAL_ADDRESS to yours`,
      );
    }
  }
}

async function expectOwn(
  connection: Connection,
  address: string,
  namespace: string,
  { folder }: Home,
): Promise<void> {
  try {
    const isOwn = await connection.withDeadline(Date.now() + PROBE_TIMEOUT_MS * 5, () =>
      hasNamespace(connection, namespace),
    );
    if (isOwn) return;
  } catch (error) {
    await connection.close();
    throw unreachable(address, error, ` (home: ${folder})`);
  }
  await connection.close();
  throw new ServerUnreachableError(
    `Temporal server: the one at ${address} is not that of ${folder}, whose \`apprentice up\` has ended: start it again with \`apprentice up\`, or set TEMPORAL_ADDRESS to your server`,
  );
}

async function connectTo(
  options: Parameters<typeof Connection.connect>[0] & { address: string },
  home: string,
): Promise<Connection> {
  if (await isRefused(options.address))
    throw unreachable(options.address, 'connection refused', ` (home: ${home})`);
  try {
    return await Connection.connect({ ...options, connectTimeout: CONNECT_TIMEOUT });
  } catch (error) {
    throw unreachable(options.address, error, ` (home: ${home})`);
  }
}

/** Probes the port: Temporal's client retries until its timeout even if the connection is refused. */
export function isRefused(address: string): Promise<boolean> {
  const [, host, port] = /^(.*):(\d+)$/.exec(address) ?? [];
  if (!host || !port) return Promise.resolve(false);
  return new Promise((resolve) => {
    const socket = createConnection({ host: host.replace(/^\[|\]$/g, ''), port: Number(port) });
    const end = (refused: boolean) => {
      socket.destroy();
      resolve(refused);
    };
    socket.once('connect', () => end(false));
    socket.once('error', ({ code }: NodeJS.ErrnoException) => end(code === 'ECONNREFUSED'));
    socket.setTimeout(PROBE_TIMEOUT_MS, () => end(false));
  });
}

export function unreachable(address: string, cause: unknown, where = ''): ServerUnreachableError {
  return new ServerUnreachableError(
    `Temporal server: no answer from ${address}${where}: start one with \`apprentice up\`, or set TEMPORAL_ADDRESS to yours`,
    { cause },
  );
}
