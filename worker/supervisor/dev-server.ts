import { mkdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { NativeConnection } from '@temporalio/worker';
import { ConfigurationError } from '../../domain/errors.js';
import type { Home } from '../../domain/home.js';
import { findTemporalServer } from '../../setup/temporal/find-server.mjs';
import { readServerFile, writeServerFile } from '../../storage/server-file.js';
import type { Environment } from '../connection.js';
import { registerSearchAttributes } from '../search-attributes.js';
import { forkProgram } from './child-processes.js';
import { freePort } from './free-port.js';
import { KeptAlive, type ProcessEvent } from './keep-alive.js';

export interface DevServerOptions {
  readonly home: Home;
  readonly environment: Environment;
  readonly port?: number;
  readonly uiPort?: number;
  onEvent(event: ProcessEvent): void;
}

export interface DevServer {
  readonly address: string;
  readonly uiUrl: string;
  stop(): Promise<void>;
}

const IP = '127.0.0.1';
const PORT = 7233;
const UI_PORT = 8233;
const STOP_MS = 10_000;
const HEALTHY_WITHIN_MS = 60_000;
const NAMESPACE = 'default';
/** Keeps ended runs visible; the default of a new dev server is one day. */
const RETENTION_DAYS = 365;

/** The server that an earlier `up` of this home left running, if it responds. */
export async function runningServer(home: Home): Promise<DevServer | undefined> {
  const known = readServerFile(home);
  if (!known || !(await responds(known.address))) return undefined;
  return { address: known.address, uiUrl: known.uiUrl, stop: () => Promise.resolve() };
}

/**
 * Starts a private Temporal server on the home's SQLite file, and restarts it whenever it ends.
 * @throws ConfigurationError when there is no Temporal server to start
 */
export async function startDevServer(options: DevServerOptions): Promise<DevServer> {
  const { home, environment, onEvent } = options;
  const executable = findTemporalServer({ ...environment });
  if (!executable) {
    throw new ConfigurationError(
      'Temporal server: none is configured and none was found: run `apprentice setup`, or set TEMPORAL_ADDRESS to a running server',
    );
  }
  mkdirSync(home.folder, { recursive: true });
  const port = await freePort(options.port ?? PORT);
  const uiPort = await freePort(options.uiPort ?? UI_PORT);
  const address = `${IP}:${port}`;
  const uiUrl = `http://${IP}:${uiPort}`;
  const args = `server start-dev --ip ${IP} --port ${port} --ui-port ${uiPort} --log-level warn`.split(' ');
  const process = new KeptAlive({
    name: 'temporal',
    graceMs: STOP_MS,
    onEvent,
    start() {
      const output = { logs: home.logs, name: 'temporal' };
      const server = forkProgram(executable, [...args, '--db-filename', home.database], environment, output);
      server.on('message', ({ pid }: { pid: number }) => writeServerFile(home, { address, pid, uiUrl }));
      return server;
    },
  });
  try {
    await prepareWhenHealthy(address);
  } catch (error) {
    await process.stop();
    throw error;
  }
  return { address, uiUrl, stop: () => process.stop() };
}

/** Waits until the server responds, then registers what runs need. */
async function prepareWhenHealthy(address: string): Promise<void> {
  const deadline = Date.now() + HEALTHY_WITHIN_MS;
  for (;;) {
    const connection = await NativeConnection.connect({ address }).catch(() => undefined);
    try {
      if (connection) {
        await registerSearchAttributes(connection, NAMESPACE);
        await connection.workflowService.updateNamespace({
          namespace: NAMESPACE,
          config: { workflowExecutionRetentionTtl: { seconds: (RETENTION_DAYS * 86_400) as never } },
        });
        return;
      }
    } catch (error) {
      // It responds before its namespace exists.
      if (Date.now() > deadline) throw error;
    } finally {
      await connection?.close();
    }
    if (Date.now() > deadline) {
      throw new ConfigurationError(
        `Temporal server: no response from ${address}; see temporal.log in the logs folder of the home`,
      );
    }
    await sleep(200);
  }
}

async function responds(address: string): Promise<boolean> {
  const connection = await NativeConnection.connect({ address }).catch(() => undefined);
  await connection?.close();
  return connection !== undefined;
}
