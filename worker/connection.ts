import { setTimeout as sleep } from 'node:timers/promises';
import { NativeConnection } from '@temporalio/worker';
import { findServer, type ServerSettings } from '../connection/find-server.js';
import { hasNamespace } from '../connection/has-namespace.js';
import type { Environment } from '../connection/settings.js';
import type { Home } from '../domain/home.js';

export interface Connected {
  readonly connection: NativeConnection;
  readonly address: string;
  readonly namespace: string;
}

const MAX_WAIT_MS = 10_000;

/**
 * Connects to the configured server, or to the private server of the home. Retries until that server accepts the
 * connection; a server of another home at its address does not count.
 * @throws ConfigurationError if the settings are invalid, or there is neither a configured server nor a home
 * @throws the signal's reason when it aborts
 */
export async function connectWithRetries(
  environment: Environment,
  home: Home,
  onRefused: (reason: string) => void,
  signal: AbortSignal,
): Promise<Connected> {
  for (let wait = 500; ; wait = Math.min(wait * 2, MAX_WAIT_MS)) {
    signal.throwIfAborted();
    // Found anew each time: `apprentice up` may have started the private server meanwhile, at another port.
    const found = findServer({ environment, home });
    try {
      if (!('missing' in found)) return await connect(found, home);
      onRefused(found.missing);
    } catch (error) {
      onRefused((error as Error).message);
    }
    // The next iteration throws the abort reason.
    await sleep(wait, undefined, { signal }).catch(() => undefined);
  }
}

async function connect(
  { options, namespace, isPrivate }: ServerSettings,
  { folder }: Home,
): Promise<Connected> {
  const { address } = options;
  const connection = await NativeConnection.connect(options);
  try {
    if (!isPrivate || (await hasNamespace(connection, namespace))) return { connection, address, namespace };
    throw new Error(`the server at ${address} is not that of ${folder}`);
  } catch (error) {
    await connection.close();
    throw error;
  }
}
