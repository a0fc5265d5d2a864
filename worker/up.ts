import { availableParallelism } from 'node:os';
import { type Home, homeOf } from '../domain/home.js';
import { moduleFoldersOf } from '../domain/module-folders.js';
import { makeHome } from '../storage/server-file.js';
import { configuredServer, type Environment } from './connection.js';
import { forkWorker } from './supervisor/child-processes.js';
import { type DevServer, runningServer, startDevServer } from './supervisor/dev-server.js';
import { KeptAlive, type ProcessEvent } from './supervisor/keep-alive.js';

export type { ProcessEvent };

export interface UpOptions {
  readonly home?: string;
  readonly environment: Environment;
  /** Port of the private server; 7233 by default. If it is taken or 0, any free one. */
  readonly port?: number;
  /** Port of the private server's UI; 8233 by default. If it is taken or 0, any free one. */
  readonly uiPort?: number;
  /** Trainer processes, each with one activity at a time; 1 by default. */
  readonly trainers?: number;
  /** Seconds for a training to write its checkpoint when it must stop. */
  readonly graceSeconds?: number;
  /** Interval of heartbeats to the server; 2000 by default. */
  readonly heartbeatMs?: number;
  /** Folders from which modules of networks may load; APPRENTICE_MODULES by default, else the current folder. */
  readonly modules?: readonly string[];
  onEvent?(event: ProcessEvent): void;
}

export type ServerOwner = 'own' | 'of another up' | 'configured';

export interface Up {
  readonly address: string;
  /** Temporal's UI; empty for a configured server. */
  readonly uiUrl: string;
  readonly storeUrl: string;
  /** Who started the server: this call, another `up` in the same home, or neither (configured by environment). */
  readonly server: ServerOwner;
  /** Resolves when all processes have ended. */
  readonly closed: Promise<void>;
  /** Ends the workers, whose trainings write checkpoints, then the server. */
  close(): Promise<void>;
}

const GRACE_SECONDS = 30;
const HEARTBEAT_MS = 2_000;
/** Time for a worker to end after its activities. */
const WORKER_ENDS_MS = 15_000;

/**
 * Starts the processes that runs need: a private server unless one is configured or running, an orchestrator and
 * trainers. Restarts processes that die, until `close`.
 * @throws ConfigurationError if the server is not installed, or the home is not writable
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
 * Workers find the server by environment or home, like `up`. Passing them the address by environment would combine it
 * with another server's namespace and keys.
 */
function startWorkers(home: Home, options: UpOptions): KeptAlive[] {
  const { environment, trainers = 1, onEvent = () => undefined } = options;
  const { graceSeconds = GRACE_SECONDS, heartbeatMs = HEARTBEAT_MS } = options;
  const threads = Math.max(1, Math.floor(availableParallelism() / trainers));
  const modules = moduleFoldersOf(environment, options.modules).flatMap((folder) => ['--modules', folder]);
  const roles = [
    { name: 'orchestrator', args: ['--role', 'orchestrator'] },
    ...Array.from({ length: trainers }, (_, index) => ({
      name: `trainer-${index + 1}`,
      args: [
        '--role',
        'trainer',
        ...flags({ grace: graceSeconds, threads, heartbeat: heartbeatMs }),
        ...modules,
      ],
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
