import { setTimeout as sleep } from 'node:timers/promises';
import { NativeConnection } from '@temporalio/worker';
import type { Environment } from '../../connection/settings.js';
import { ConfigurationError } from '../../domain/errors.js';
import type { Home } from '../../domain/home.js';
import { findTemporalServer } from '../../setup/temporal/find-server.mjs';
import { registerSearchAttributes } from '../search-attributes.js';
import { type FromProgram, forkProgram } from './child-processes.js';
import { freePort, ownPort, tryPort, wantedPort } from './free-port.js';
import type { HomeClaim } from './home-claim.js';
import { KeptAlive, type ProcessEvent } from './keep-alive.js';
import { lastLogLine } from './log-file.js';
import { HTTP_FLAGS, refusesWebPages } from './web-pages.js';

export interface DevServerOptions {
  readonly home: Home;
  readonly namespace: string;
  readonly environment: Environment;
  readonly claim: HomeClaim;
  readonly port?: number;
  readonly uiPort?: number;
  onEvent(event: ProcessEvent): void;
  onNotice(notice: string): void;
}

export interface DevServer {
  readonly address: string;
  readonly uiUrl?: string;
  stop(): Promise<void>;
}

const IP = '127.0.0.1';
const PORT = 7233;
const STOP_MS = 10_000;
const HEALTHY_WITHIN_MS = 60_000;
/** A server that has ended so often without having been ready will not become so. */
const MAX_DEATHS = 3;
/** Keeps ended runs visible; the default of a new dev server is one day. */
const RETENTION_DAYS = 365;

/**
 * Starts a private Temporal server on the home's SQLite file, and restarts it whenever it ends. Releases the claim at the
 * end, and if the server does not start.
 * @throws ConfigurationError when there is no Temporal server to start, a wanted port is taken, or the server does not
 * get ready
 */
export async function startDevServer(options: DevServerOptions): Promise<DevServer> {
  try {
    return await startClaimed(options);
  } catch (error) {
    options.claim.release();
    throw error;
  }
}

async function startClaimed(options: DevServerOptions): Promise<DevServer> {
  const { home, namespace, environment, claim, onEvent } = options;
  const executable = findTemporalServer({ ...environment });
  if (!executable) {
    throw new ConfigurationError(
      'Temporal server: none is configured and none was found: run `apprentice setup`, or set TEMPORAL_ADDRESS to a running server',
    );
  }
  const port = await portFor(options);
  const uiPort = options.uiPort === undefined ? undefined : await wantedPort('--ui-port', options.uiPort);
  const httpPort = await freePort();
  const address = `${IP}:${port}`;
  const uiUrl = uiPort === undefined ? undefined : `http://${IP}:${uiPort}/namespaces/${namespace}`;
  const args = [
    ...`server start-dev --ip ${IP} --port ${port} --http-port ${httpPort} --log-level warn`.split(' '),
    ...(uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort)]),
    ...HTTP_FLAGS,
    ...['--namespace', namespace, '--db-filename', home.database],
  ];
  const log = { logs: home.logs, name: 'temporal' };
  let isReady = false;
  let deaths = 0;
  const publish = (pid: number) =>
    claim.publish({ pid, ...(isReady && { address, ...(uiUrl !== undefined && { uiUrl }) }) });
  let pid = 0;
  const process = new KeptAlive({
    name: 'temporal',
    graceMs: STOP_MS,
    log,
    onEvent(event) {
      if (event.kind === 'died') deaths++;
      onEvent(event);
    },
    start() {
      const server = forkProgram(executable, args, environment, log);
      server.on('message', (message: FromProgram) => {
        pid = message.pid;
        publish(pid);
      });
      return server;
    },
  });
  try {
    await prepareWhenHealthy({ address, httpPort, namespace }, () => {
      if (!claim.isValid())
        throw new ConfigurationError(`home: another \`up\` has taken over ${home.folder}`);
      if (deaths < MAX_DEATHS) return;
      const why = lastLogLine(log) ?? 'it gave no reason';
      throw new ConfigurationError(
        `Temporal server: it ends at its start: ${why} (${home.logs}/temporal.log)`,
      );
    });
  } catch (error) {
    await process.stop();
    throw error;
  }
  isReady = true;
  publish(pid);
  return {
    address,
    ...(uiUrl !== undefined && { uiUrl }),
    async stop() {
      await process.stop();
      claim.release();
    },
  };
}

/** Only the default port may give way, with a notice. */
async function portFor({ port, namespace, onNotice }: DevServerOptions): Promise<number> {
  if (port === 0) return ownPort(namespace);
  if (port !== undefined) return wantedPort('--port', port);
  if ((await tryPort(PORT)) !== undefined) return PORT;
  const other = await ownPort(namespace);
  onNotice(
    `port ${PORT} is taken by another process; this server has ${other} (commands in this folder find it)`,
  );
  return other;
}

interface Prepared {
  readonly address: string;
  readonly httpPort: number;
  readonly namespace: string;
}

/**
 * Waits until the server responds, then registers what runs need.
 * @param check throws if waiting has no point
 */
async function prepareWhenHealthy(
  { address, httpPort, namespace }: Prepared,
  check: () => void,
): Promise<void> {
  const deadline = Date.now() + HEALTHY_WITHIN_MS;
  for (;;) {
    check();
    const connection = await NativeConnection.connect({ address }).catch(() => undefined);
    try {
      if (connection) {
        await registerSearchAttributes(connection, namespace);
        await connection.workflowService.updateNamespace({
          namespace,
          config: { workflowExecutionRetentionTtl: { seconds: (RETENTION_DAYS * 86_400) as never } },
        });
        break;
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
  if (!(await refusesWebPages(httpPort, deadline))) {
    throw new ConfigurationError(
      'Temporal server: this version lets any web page start workflows: run `apprentice setup` for a later one, and unset APPRENTICE_TEMPORAL',
    );
  }
}
