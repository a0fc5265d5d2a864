import { createConnection } from 'node:net';
import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { ArtifactStore } from '../domain/artifact-store.js';
import { ConfigurationError } from '../domain/errors.js';
import { homeOf } from '../domain/home.js';
import { openStore } from '../storage/open-store.js';
import { readServerFile } from '../storage/server-file.js';
import { ServerUnreachableError } from './errors.js';

export interface ConnectOptions {
  /** host:port; else what Temporal's environment says; else the private server of the home. */
  readonly address?: string;
  /** Else what Temporal's environment says, where that has an address too; `default` else. */
  readonly namespace?: string;
  /** Of Temporal's configuration file. */
  readonly profile?: string;
  /** Folder of `apprentice up`; APPRENTICE_HOME or `.apprentice` by default. */
  readonly home?: string;
  /** Where the artifacts are; APPRENTICE_STORE or the home's store by default. */
  readonly store?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** What every part of the client works with. */
export interface Server {
  readonly client: Client;
  readonly connection: Connection;
  readonly address: string;
  readonly store: ArtifactStore;
  /** Where `apprentice up` of this home shows Temporal's pages, if it does. */
  readonly uiUrl?: string;
}

const DEFAULT_ADDRESS = 'localhost:7233';
const CONNECT_WITHIN = '10 seconds';
const KNOCK_MS = 2_000;

/**
 * @throws ServerUnreachableError when nothing answers
 * @throws ConfigurationError when Temporal's environment is wrong
 */
export async function connect(options: ConnectOptions = {}): Promise<Server> {
  const { environment = process.env, profile } = options;
  const home = homeOf(environment, options.home, options.store);
  const configured = configuredIn(environment, profile);
  const left = readServerFile(home);
  const chosen = options.address ?? configured.connectionOptions.address;
  const address = chosen ?? left?.address ?? DEFAULT_ADDRESS;
  // A namespace or key without an address is about another server than the private one.
  const { connectionOptions = {}, namespace = 'default' } = chosen ? configured : {};
  const connection = await connectTo({ ...connectionOptions, address }, home.folder);
  return {
    client: new Client({ connection, namespace: options.namespace ?? namespace }),
    connection,
    address,
    store: openStore(home.storeUrl),
    ...(left && left.address === address && { uiUrl: left.uiUrl }),
  };
}

/** What Temporal's environment and configuration file say. */
function configuredIn(environment: NonNullable<ConnectOptions['environment']>, profile: string | undefined) {
  const defined = Object.entries(environment).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  try {
    return loadClientConnectConfig({
      overrideEnvVars: Object.fromEntries(defined),
      ...(profile && { profile }),
    });
  } catch (error) {
    // A profile that isn't there, a file that is no TOML, a certificate that can't be read.
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
    return await Connection.connect({ ...options, connectTimeout: CONNECT_WITHIN });
  } catch (error) {
    throw unreachable(options.address, error, ` (home: ${home})`);
  }
}

/** Temporal's client would try again and again until its time is over; nobody listens, that is plain at once. */
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
    socket.setTimeout(KNOCK_MS, () => end(false));
  });
}

export function unreachable(address: string, cause: unknown, where = ''): ServerUnreachableError {
  return new ServerUnreachableError(
    `Temporal server: no answer from ${address}${where}: start one with \`apprentice up\`, or name yours in TEMPORAL_ADDRESS`,
    { cause },
  );
}
