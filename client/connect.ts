import { createConnection } from 'node:net';
import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { ArtifactStore } from '../domain/artifact-store.js';
import { ConfigurationError } from '../domain/errors.js';
import { homeOf } from '../domain/home.js';
import { payloadCodec } from '../domain/payload-codec.js';
import { openStore } from '../storage/open-store.js';
import { readServerFile } from '../storage/server-file.js';
import { ServerUnreachableError } from './errors.js';

export interface ConnectOptions {
  /** host:port; by default from Temporal's environment variables, else the private server of the home. */
  readonly address?: string;
  /** By default from Temporal's environment variables if they set an address too, else `default`. */
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
  /** Temporal's UI, if `apprentice up` of this home runs the server. */
  readonly uiUrl?: string;
}

const DEFAULT_ADDRESS = 'localhost:7233';
const CONNECT_TIMEOUT = '10 seconds';
const PROBE_TIMEOUT_MS = 2_000;

/**
 * @throws ServerUnreachableError if no server answers
 * @throws ConfigurationError if Temporal's environment variables are invalid
 */
export async function connect(options: ConnectOptions = {}): Promise<Server> {
  const { environment = process.env, profile } = options;
  const home = homeOf(environment, options.home, options.store);
  const configured = readTemporalSettings(environment, profile);
  const privateServer = readServerFile(home);
  const chosen = options.address ?? configured.connectionOptions.address;
  const address = chosen ?? privateServer?.address ?? DEFAULT_ADDRESS;
  // A namespace or key without an address does not apply to the private server.
  const { connectionOptions = {}, namespace = 'default' } = chosen ? configured : {};
  const connection = await connectTo({ ...connectionOptions, address }, home.folder);
  return {
    client: new Client({
      connection,
      namespace: options.namespace ?? namespace,
      dataConverter: { payloadCodecs: [payloadCodec] },
    }),
    connection,
    address,
    store: openStore(home.storeUrl),
    ...(privateServer?.address === address && { uiUrl: privateServer.uiUrl }),
  };
}

function readTemporalSettings(
  environment: NonNullable<ConnectOptions['environment']>,
  profile: string | undefined,
) {
  const defined = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  try {
    return loadClientConnectConfig({
      overrideEnvVars: Object.fromEntries(defined),
      ...(profile && { profile }),
    });
  } catch (error) {
    // An unknown profile, a file that is not TOML, or an unreadable certificate.
    throw new ConfigurationError(
      `Temporal's settings: ${(error as Error).message}: correct TEMPORAL_PROFILE, the other TEMPORAL_ variables, or Temporal's configuration file`,
      { cause: error },
    );
  }
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
