import { availableParallelism } from 'node:os';
import { type Home, homeOf } from '../domain/home.js';
import { makeHome } from '../storage/server-file.js';
import { configuredServer, type Environment } from './connection.js';
import { forkWorker } from './supervisor/child-processes.js';
import { type DevServer, runningServer, startDevServer } from './supervisor/dev-server.js';
import { KeptAlive, type ProcessEvent } from './supervisor/keep-alive.js';

export type { ProcessEvent };

export interface UpOptions {
  readonly home?: string;
  readonly environment: Environment;
  /** Of the private server; 7233 by default. Where it is taken, or 0, any free one. */
  readonly port?: number;
  /** Of the private server's web pages; 8233 by default, as above. */
  readonly uiPort?: number;
  /** Trainer processes, each with one step at a time; 1 by default. */
  readonly trainers?: number;
  /** Seconds that a training has to write its checkpoint when it is asked to end. */
  readonly graceSeconds?: number;
  /** How often a training's progress goes to the server; 2000 by default. */
  readonly heartbeatMs?: number;
  onEvent?(event: ProcessEvent): void;
}

export type ServerOwner = 'own' | 'of another up' | 'configured';

export interface Up {
  readonly address: string;
  /** Temporal's web pages; empty where the server is not ours. */
  readonly uiUrl: string;
  readonly storeUrl: string;
  /** Whose the server is: this up's, an earlier up's of the same home, or one that the environment names. */
  readonly server: ServerOwner;
  /** Resolves when all has ended. */
  readonly closed: Promise<void>;
  /** Ends the workers, whose steps save, then the server. */
  close(): Promise<void>;
}

const GRACE_SECONDS = 30;
const HEARTBEAT_MS = 2_000;
/** A worker needs some time more than its steps. */
const WORKER_ENDS_MS = 15_000;

/**
 * Starts what a run needs: a private server where none is configured or left running, an orchestrator and
 * trainers. Whatever dies is started again, until `close`.
 * @throws ConfigurationError where there is no server to start, or the home can't be written to
 */
export async function up(options: UpOptions): Promise<Up> {
  const { environment, onEvent = () => undefined } = options;
  const home = homeOf(environment, options.home);
  makeHome(home);
  const { owner, ...server } = await serverOf(home, options);
  const workers = startWorkers(home, { ...options, onEvent });

  let closed: () => void;
  const closing = new Promise<void>((resolve) => {
    closed = resolve;
  });
  let isClosing = false;
  return {
    address: server.address,
    uiUrl: server.uiUrl,
    storeUrl: home.storeUrl,
    server: owner,
    closed: closing,
    async close() {
      if (!isClosing) {
        isClosing = true;
        await Promise.all(workers.map((worker) => worker.stop()));
        await server.stop();
        closed();
      }
      await closing;
    },
  };
}

async function serverOf(
  home: Home,
  options: UpOptions,
): Promise<DevServer & { readonly owner: ServerOwner }> {
  const { environment, port, uiPort, onEvent = () => undefined } = options;
  const configured = configuredServer(environment);
  if (configured) {
    const { address } = configured.options;
    return { address, uiUrl: '', stop: () => Promise.resolve(), owner: 'configured' };
  }
  const living = await runningServer(home);
  if (living) return { ...living, owner: 'of another up' };
  const started = await startDevServer({
    home,
    environment,
    onEvent,
    ...(port !== undefined && { port }),
    ...(uiPort !== undefined && { uiPort }),
  });
  return { ...started, owner: 'own' };
}

/**
 * Workers find the server as `up` did, in the environment or by the home: an address in their environment would have
 * them take the namespace and the keys of another server for it.
 */
function startWorkers(home: Home, options: UpOptions): KeptAlive[] {
  const { environment, trainers = 1, onEvent = () => undefined } = options;
  const { graceSeconds = GRACE_SECONDS, heartbeatMs = HEARTBEAT_MS } = options;
  const threads = Math.max(1, Math.floor(availableParallelism() / trainers));
  const roles = [
    { name: 'orchestrator', args: ['--role', 'orchestrator'] },
    ...Array.from({ length: trainers }, (_, index) => ({
      name: `trainer-${index + 1}`,
      args: ['--role', 'trainer', ...flags({ grace: graceSeconds, threads, heartbeat: heartbeatMs })],
    })),
  ];
  const shared = ['--home', home.folder, '--store', home.storeUrl];
  return roles.map(
    ({ name, args }) =>
      new KeptAlive({
        name,
        graceMs: graceSeconds * 1000 + WORKER_ENDS_MS,
        onEvent,
        start: () => forkWorker([...args, ...shared], environment, { logs: home.logs, name }),
      }),
  );
}

function flags(values: Readonly<Record<string, number>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => [`--${name}`, String(value)]);
}
