import type { ChildProcess } from 'node:child_process';
import { configuredServer } from '../connection/find-server.js';
import { makeHome } from '../connection/home-folder.js';
import { homeNamespace } from '../connection/home-namespace.js';
import type { Environment } from '../connection/settings.js';
import { type Home, homeOf } from '../domain/home.js';
import { moduleFoldersOf } from '../domain/module-folders.js';
import { openStore } from '../storage/open-store.js';
import { storeIdentity } from '../storage/store-identity.js';
import { type FromWorker, forkWorker } from './supervisor/child-processes.js';
import { type DevServer, startDevServer } from './supervisor/dev-server.js';
import { claimHome } from './supervisor/home-claim.js';
import { KeptAlive, type ProcessEvent } from './supervisor/keep-alive.js';

export type { ProcessEvent };

export interface UpOptions {
  readonly home?: string;
  readonly environment: Environment;
  /**
   * Port of the private server; for 0 a free one, at each start of the home the same if possible. By default 7233, or as
   * for 0 if that is taken.
   */
  readonly port?: number;
  /**
   * Port of Temporal's UI on the private server; any free one for 0; no UI by default. The UI takes requests for any host
   * name, so that a web page which rebinds its name to this machine can start and change runs.
   */
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
  /** Receives what the user should know: a port that gave way, a server that a killed `up` left. */
  onNotice?(notice: string): void;
}

export type ServerOwner = 'own' | 'of another up' | 'configured';

export interface Up {
  readonly address: string;
  readonly namespace: string;
  /** The namespace's pages in Temporal's UI, if the private server serves them. */
  readonly uiUrl?: string;
  readonly storeUrl: string;
  /** Who started the server: this call, another `up` in the same home, or neither (configured by environment). */
  readonly server: ServerOwner;
  /** Resolves when all workers take steps. */
  readonly ready: Promise<void>;
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
 * @throws ConfigurationError if the server is not installed or does not get ready, a wanted port is taken, or the home or
 * store is not writable
 */
export async function up(options: UpOptions): Promise<Up> {
  const { environment } = options;
  const home = homeOf(environment, options.home);
  makeHome(home);
  await storeIdentity(openStore(home.storeUrl));
  const server = await serverOf(home, options);
  const { workers, ready } = startWorkers(home, options);

  let closed: () => void;
  const closing = new Promise<void>((resolve) => {
    closed = resolve;
  });
  let isClosing = false;
  return {
    address: server.address,
    namespace: server.namespace,
    ...(server.uiUrl !== undefined && { uiUrl: server.uiUrl }),
    storeUrl: home.storeUrl,
    server: server.owner,
    ready,
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

interface OwnedServer extends DevServer {
  readonly owner: ServerOwner;
  readonly namespace: string;
}

async function serverOf(home: Home, options: UpOptions): Promise<OwnedServer> {
  const { environment, port, uiPort, onEvent = () => undefined, onNotice = () => undefined } = options;
  const stop = () => Promise.resolve();
  const configured = configuredServer({ environment });
  if (configured) {
    const { options: server, namespace = 'default' } = configured;
    return { address: server.address, namespace, stop, owner: 'configured' };
  }
  const namespace = homeNamespace(home);
  const claimed = await claimHome(home, namespace, onNotice);
  if ('address' in claimed) {
    if (port !== undefined || uiPort !== undefined) {
      onNotice('another `up` runs the server of this home: its ports stay as they are');
    }
    return { ...claimed, namespace, stop, owner: 'of another up' };
  }
  const started = await startDevServer({
    home,
    namespace,
    environment,
    claim: claimed,
    onEvent,
    onNotice,
    ...(port !== undefined && { port }),
    ...(uiPort !== undefined && { uiPort }),
  });
  return { ...started, namespace, owner: 'own' };
}

/**
 * Workers find the server by environment or home, like `up`. Passing them the address by environment would combine it
 * with another server's namespace and keys.
 */
function startWorkers(
  home: Home,
  options: UpOptions,
): { readonly workers: readonly KeptAlive[]; readonly ready: Promise<void> } {
  const { environment, trainers = 1, onEvent = () => undefined, onNotice = () => undefined } = options;
  const { graceSeconds = GRACE_SECONDS, heartbeatMs = HEARTBEAT_MS } = options;
  const modules = moduleFoldersOf(environment, options.modules).flatMap((folder) => ['--modules', folder]);
  const roles = [
    { name: 'orchestrator', args: ['--role', 'orchestrator'] },
    ...Array.from({ length: trainers }, (_, index) => ({
      name: `trainer-${index + 1}`,
      args: ['--role', 'trainer', ...flags({ grace: graceSeconds, heartbeat: heartbeatMs }), ...modules],
    })),
  ];
  const shared = ['--home', home.folder, '--store', home.storeUrl];
  const shown = new Set<string>();
  const started = roles.map(({ name, args }) => {
    const log = { logs: home.logs, name };
    let isReady: () => void;
    const ready = new Promise<void>((resolve) => {
      isReady = resolve;
    });
    const start = (): ChildProcess => {
      const child = forkWorker([...args, ...shared], environment, log);
      child.on('message', (message: FromWorker) => {
        if (message.kind !== 'ready') return;
        isReady();
        // Each worker says the same.
        for (const notice of message.notices.filter((notice) => !shown.has(notice))) {
          shown.add(notice);
          onNotice(notice);
        }
      });
      return child;
    };
    return {
      ready,
      worker: new KeptAlive({
        name,
        graceMs: graceSeconds * 1000 + WORKER_ENDS_MS,
        log,
        onEvent,
        start,
      }),
    };
  });
  return {
    workers: started.map(({ worker }) => worker),
    ready: Promise.all(started.map(({ ready }) => ready)).then(() => undefined),
  };
}

function flags(values: Readonly<Record<string, number>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => [`--${name}`, String(value)]);
}
