import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Apprentice } from '../../client/apprentice.js';
import { type FewClothes, unpackFewClothes } from '../../test/support/few-clothes.js';
import { freePort } from '../../worker/supervisor/free-port.js';
import { models } from './configurations.js';
import { SmallDisk } from './disk.js';
import { FlakyNetwork } from './flaky-network.js';
import { descendantsOf, processOf, type Role, signal } from './processes.js';
import { RemoteServer } from './remote-server.js';

const MAIN = fileURLToPath(new URL('../../cli/main.js', import.meta.url));
const READY_MS = 60_000;
const GRACE_SECONDS = 5;
const DISK_MEGABYTES = 256;

/**
 * private: `apprentice up` runs its own server. remote: `apprentice up` reaches a server through a network that can
 * fail.
 */
export type WorldKind = 'private' | 'remote';

/** A home with a server, workers, pictures and models; nothing outside its folder is touched. */
export class World {
  private up: ChildProcess | undefined;
  private client: Apprentice | undefined;

  private constructor(
    readonly kind: WorldKind,
    readonly folder: string,
    readonly pictures: FewClothes,
    private readonly environment: Readonly<Record<string, string>>,
    private readonly port: number,
    readonly disk: SmallDisk | undefined,
    readonly network: FlakyNetwork | undefined,
    private readonly server: RemoteServer | undefined,
  ) {}

  static async begin(kind: WorldKind): Promise<World> {
    const folder = await mkdtemp(join(tmpdir(), 'apprentice-faults-'));
    const pictures = await unpackFewClothes(folder, { train: 40, test: 10 });
    const home = join(folder, 'home');
    await mkdir(home, { mode: 0o700 });
    const disk = SmallDisk.mount(join(home, 'store'), DISK_MEGABYTES);
    const environment = { ...plainEnvironment(), APPRENTICE_HOME: home };
    let server: RemoteServer | undefined;
    let network: FlakyNetwork | undefined;
    if (kind === 'remote') {
      server = await RemoteServer.start(folder, environment);
      network = await FlakyNetwork.before(server.port);
      Object.assign(environment, { TEMPORAL_ADDRESS: `127.0.0.1:${network.port}` });
    }
    const port = await freePort();
    const world = new World(kind, folder, pictures, environment, port, disk, network, server);
    try {
      await world.start();
      for (const config of models(pictures)) await (await world.apprentice.start(config)).result();
    } catch (error) {
      await world.end();
      throw error;
    }
    return world;
  }

  get home(): string {
    return join(this.folder, 'home');
  }

  get apprentice(): Apprentice {
    if (!this.client) throw new Error('the world has not begun');
    return this.client;
  }

  /** Starts `apprentice up`, and connects as soon as it is ready. */
  async start(): Promise<void> {
    const ports = this.kind === 'private' ? ['--port', String(this.port)] : [];
    const log = openSync(join(this.folder, 'up.log'), 'a');
    const up = spawn(process.execPath, [MAIN, 'up', ...ports, '--grace', String(GRACE_SECONDS)], {
      cwd: this.folder,
      detached: true,
      env: this.environment,
      stdio: ['ignore', 'pipe', log],
    });
    closeSync(log);
    this.up = up;
    await untilReady(up);
    this.client ??= await Apprentice.connect({ home: this.home, environment: this.environment });
  }

  /** Ends `apprentice up`, in order or at once. */
  async stop(how: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const { up } = this;
    if (!up?.pid || up.exitCode !== null || up.signalCode !== null) return;
    const below = descendantsOf(up.pid).map(({ pid }) => pid);
    const ended = once(up, 'exit');
    up.kill(how);
    await ended;
    // Its processes see that it has died, and end by themselves.
    for (const deadline = Date.now() + READY_MS; below.some(isAlive) && Date.now() < deadline; )
      await sleep(50);
    const left = below.filter(isAlive);
    for (const pid of left) signal(pid, 'SIGKILL');
    if (left.length > 0) throw new Error(`${left.length} processes outlived \`apprentice up\` (${how})`);
  }

  pidOf(role: Role): number | undefined {
    const root = role === 'temporal' && this.kind === 'remote' ? process.pid : this.up?.pid;
    return root === undefined ? undefined : processOf(root, role);
  }

  /** Ends a run without a word to it, as Temporal's own tools can. */
  async terminate(runId: string): Promise<void> {
    await this.apprentice['server'].client.workflow.getHandle(runId).terminate();
  }

  /** The ids of workflows of a run, its children included, that have not ended. */
  async openWorkflows(runId: string): Promise<string[]> {
    const { client } = this.apprentice['server'];
    const found: string[] = [];
    for await (const { workflowId } of client.workflow.list({ query: 'ExecutionStatus = "Running"' })) {
      if (workflowId === runId || workflowId.startsWith(`${runId}/`)) found.push(workflowId);
    }
    return found;
  }

  async end(): Promise<void> {
    await this.endProcesses();
    this.disk?.unmount();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Ends the processes and keeps all files, to be looked at. @returns the folder */
  async keep(): Promise<string> {
    await this.endProcesses();
    if (this.disk) {
      await cp(this.home, join(this.folder, 'kept'), { recursive: true });
      this.disk.unmount();
    }
    return this.folder;
  }

  private async endProcesses(): Promise<void> {
    this.network?.open();
    await this.client?.close();
    await this.stop('SIGTERM').catch(() => this.stop('SIGKILL'));
    await this.network?.close();
    await this.server?.stop();
  }
}

function plainEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !/^(TEMPORAL|APPRENTICE)_/.test(entry[0]),
  );
  return Object.fromEntries(entries);
}

async function untilReady(up: ChildProcess): Promise<void> {
  const output = up.stdout!;
  output.setEncoding('utf8');
  let text = '';
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(`\`apprentice up\` is not ready; it said ${text}`)),
      READY_MS,
    );
    up.once('exit', (code) => reject(new Error(`\`apprentice up\` ended with ${code}; it said ${text}`)));
    output.on('data', (part: string) => {
      text += part;
      if (!text.includes('Ctrl-C ends these processes')) return;
      clearTimeout(late);
      resolve();
    });
  });
  output.resume();
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
