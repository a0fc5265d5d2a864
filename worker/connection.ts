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
const LONGEST_WAIT_MS = 10_000;

/**
 * The server that Temporal's standard environment (TEMPORAL_ADDRESS, TEMPORAL_PROFILE, …) names, if it names one.
 * @throws ConfigurationError when that environment is wrong
 */
export function configuredServer(environment: Environment): ServerSettings | undefined {
  const { connectionOptions, namespace = DEFAULT_NAMESPACE } = settingsIn(environment);
  const { address } = connectionOptions;
  return address ? { options: { ...connectionOptions, address }, namespace } : undefined;
}

/** Where none is configured: the private server of the home, then the one that is usual on one's own machine. */
export function serverFor(environment: Environment, home: Home): ServerSettings {
  const address = readServerFile(home)?.address ?? DEFAULT_ADDRESS;
  return configuredServer(environment) ?? { options: { address }, namespace: DEFAULT_NAMESPACE };
}

function settingsIn(environment: Environment) {
  try {
    return loadClientConnectConfig({ overrideEnvVars: defined(environment) });
  } catch (error) {
    // A profile that isn't there, a file that is no TOML, a certificate that can't be read.
    throw new ConfigurationError(
      `Temporal's settings: ${(error as Error).message}: correct TEMPORAL_PROFILE, the other TEMPORAL_ variables, or Temporal's configuration file`,
      { cause: error },
    );
  }
}

function defined(environment: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/**
 * Connects, however long the server may take to be there.
 * @throws the signal's reason when it aborts
 */
export async function connectWithRetries(
  options: NativeConnectionOptions,
  onRefused: (error: Error) => void,
  signal: AbortSignal,
): Promise<NativeConnection> {
  for (let wait = 500; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    signal.throwIfAborted();
    try {
      return await NativeConnection.connect(options);
    } catch (error) {
      onRefused(error as Error);
      // What interrupts the wait is thrown as the next round begins.
      await sleep(wait, undefined, { signal }).catch(() => undefined);
    }
  }
}
