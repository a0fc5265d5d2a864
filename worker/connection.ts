import { setTimeout as sleep } from 'node:timers/promises';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection, type NativeConnectionOptions } from '@temporalio/worker';
import { ConfigurationError } from '../domain/errors.js';
import type { Home } from '../domain/home.js';
import { readServerFile } from '../storage/server-file.js';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface ServerSettings {
  readonly options: NativeConnectionOptions & { readonly address: string };
  readonly namespace: string;
}

const DEFAULT_ADDRESS = 'localhost:7233';
const DEFAULT_NAMESPACE = 'default';
const MAX_WAIT_MS = 10_000;

/**
 * The server that Temporal's environment variables (TEMPORAL_ADDRESS, TEMPORAL_PROFILE, …) configure, if any.
 * @throws ConfigurationError if they are invalid
 */
export function configuredServer(environment: Environment): ServerSettings | undefined {
  const { connectionOptions, namespace = DEFAULT_NAMESPACE } = readTemporalSettings(environment);
  const { address } = connectionOptions;
  return address ? { options: { ...connectionOptions, address }, namespace } : undefined;
}

/** The configured server, else the private server of the home, else Temporal's default address. */
export function serverFor(environment: Environment, home: Home): ServerSettings {
  const address = readServerFile(home)?.address ?? DEFAULT_ADDRESS;
  return configuredServer(environment) ?? { options: { address }, namespace: DEFAULT_NAMESPACE };
}

function readTemporalSettings(environment: Environment) {
  const defined = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  try {
    return loadClientConnectConfig({ overrideEnvVars: Object.fromEntries(defined) });
  } catch (error) {
    // An unknown profile, a file that is not TOML, or an unreadable certificate.
    throw new ConfigurationError(
      `Temporal's settings: ${(error as Error).message}: correct TEMPORAL_PROFILE, the other TEMPORAL_ variables, or Temporal's configuration file`,
      { cause: error },
    );
  }
}

/**
 * Retries until the server accepts the connection.
 * @throws the signal's reason when it aborts
 */
export async function connectWithRetries(
  options: NativeConnectionOptions,
  onRefused: (error: Error) => void,
  signal: AbortSignal,
): Promise<NativeConnection> {
  for (let wait = 500; ; wait = Math.min(wait * 2, MAX_WAIT_MS)) {
    signal.throwIfAborted();
    try {
      return await NativeConnection.connect(options);
    } catch (error) {
      onRefused(error as Error);
      // The next iteration throws the abort reason.
      await sleep(wait, undefined, { signal }).catch(() => undefined);
    }
  }
}
