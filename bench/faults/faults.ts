import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { retryWhileUnreachable } from '../../client/retry-while-unreachable.js';
import type { Run } from '../../client/run.js';
import type { RunConfigInput } from '../../domain/methods.js';
import type { KeyedRandom } from '../../domain/random.js';
import { type Role, signal } from './processes.js';
import type { World, WorldKind } from './world.js';

/** What a fault meets. */
export interface Scene {
  readonly world: World;
  readonly run: Run;
  readonly config: RunConfigInput;
  readonly random: KeyedRandom;
}

export interface Fault {
  /** Worlds in which it can happen; all by default. */
  readonly only?: WorldKind;
  /** Whether it needs a disk of its own. */
  readonly needsDisk?: boolean;
  /** Whether it damages stored bytes, which the run may refuse. */
  readonly damages?: boolean;
  /** @returns a few words on what it did; undefined if there was nothing to disturb */
  strike(scene: Scene): Promise<string | undefined>;
}

const kill = (role: Role, name: NodeJS.Signals = 'SIGKILL'): Fault => ({
  async strike({ world }) {
    const pid = world.pidOf(role);
    if (pid === undefined) return undefined;
    signal(pid, name);
    return `${name} to the ${role}`;
  },
});

/** Longer than a heartbeat time-out at times: another attempt takes over, and the woken one must not write. */
const MOST_ASLEEP_MS = 9_000;

const stopAndWake = (role: Role): Fault => ({
  async strike({ world, random }) {
    const pid = world.pidOf(role);
    if (pid === undefined) return undefined;
    const milliseconds = 500 + random.integer(MOST_ASLEEP_MS);
    signal(pid, 'SIGSTOP');
    await sleep(milliseconds);
    signal(pid, 'SIGCONT');
    return `${role} asleep for ${milliseconds} ms`;
  },
});

const restart = (how: 'SIGTERM' | 'SIGKILL'): Fault => ({
  async strike({ world }) {
    await world.stop(how);
    await world.start();
    return `everything ended by ${how} and begun anew`;
  },
});

const network = (name: 'stall' | 'refuse' | 'reset'): Fault => ({
  only: 'remote',
  async strike({ world, random }) {
    const milliseconds = 500 + random.integer(8_000);
    world.network![name]();
    if (name === 'reset') return 'connections cut';
    await sleep(milliseconds);
    world.network!.open();
    return `network ${name === 'stall' ? 'stalled' : 'refused'} for ${milliseconds} ms`;
  },
});

const damage = (name: string, change: (bytes: Buffer, random: KeyedRandom) => Buffer): Fault => ({
  damages: true,
  async strike({ world, run, random }) {
    const folder = join(world.home, 'store', 'runs', run.runId);
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    const files = entries
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    if (files.length === 0) return undefined;
    const path = files[random.integer(files.length)]!;
    const bytes = await readFile(path).catch(() => undefined);
    if (!bytes?.length) return undefined;
    await writeFile(path, change(bytes, random));
    // Another attempt reads what the one before has written.
    const child = world.pidOf('child');
    if (child !== undefined) signal(child, 'SIGKILL');
    return `${name} ${path.slice(folder.length + 1)}`;
  },
});

/** Steers a run that goes on; one that has ended needs nothing. */
async function unlessEnded(work: () => Promise<unknown>): Promise<boolean> {
  try {
    // An earlier fault may still keep the server or the workers away.
    await retryWhileUnreachable(work);
    return true;
  } catch (error) {
    // The second is Temporal's.
    if (['RunEndedError', 'WorkflowNotFoundError'].includes((error as Error).name)) return false;
    throw error;
  }
}

const startAgain = (how: string, end: (world: World, run: Run) => Promise<void>): Fault => ({
  async strike({ world, run, config }) {
    if (!(await unlessEnded(() => end(world, run)))) return undefined;
    const isCompleted = await run.result().then(
      () => true,
      () => false,
    );
    if (isCompleted) return undefined;
    await world.apprentice.start(config, { runId: run.runId });
    return `${how} and started again`;
  },
});

/** A later kind of fault is one row. */
export const FAULTS = {
  'kill temporal': kill('temporal'),
  'kill tether': { only: 'private', ...kill('tether') },
  'kill orchestrator': kill('orchestrator'),
  'kill trainer': kill('trainer'),
  'kill child': kill('child'),
  'end trainer': kill('trainer', 'SIGTERM'),
  'end orchestrator': kill('orchestrator', 'SIGTERM'),
  'stop and wake child': stopAndWake('child'),
  'stop and wake trainer': stopAndWake('trainer'),
  'stop and wake orchestrator': stopAndWake('orchestrator'),
  'stop and wake temporal': stopAndWake('temporal'),
  'kill everything': restart('SIGKILL'),
  'end everything': restart('SIGTERM'),
  'network stalls': network('stall'),
  'network refuses': network('refuse'),
  'network resets': network('reset'),
  'full disk': {
    needsDisk: true,
    async strike({ world, random }) {
      const milliseconds = 500 + random.integer(5_000);
      world.disk!.fill();
      await sleep(milliseconds);
      world.disk!.makeRoom();
      return `disk full for ${milliseconds} ms`;
    },
  },
  'read-only disk': {
    needsDisk: true,
    async strike({ world, random }) {
      const milliseconds = 500 + random.integer(5_000);
      if (!(await world.disk!.makeReadOnly())) return undefined;
      await sleep(milliseconds);
      world.disk!.makeWritable();
      return `disk read-only for ${milliseconds} ms`;
    },
  },
  'torn file': damage('torn', (bytes, random) => bytes.subarray(0, random.integer(bytes.length))),
  'flipped bit': damage('a bit flipped in', (bytes, random) => {
    const place = random.integer(bytes.length);
    bytes[place] = bytes[place]! ^ (1 << random.integer(8));
    return bytes;
  }),
  'pause and resume': {
    async strike({ run, random }) {
      if (!(await unlessEnded(() => run.pause()))) return undefined;
      await sleep(random.integer(3_000));
      return (await unlessEnded(() => run.resume())) ? 'paused and resumed' : undefined;
    },
  },
  'cancel and start again': startAgain('cancelled', (_, run) => run.cancel()),
  'terminate and start again': startAgain('terminated', (world, run) => world.terminate(run.runId)),
} satisfies Record<string, Fault>;
export type FaultName = keyof typeof FAULTS;
export const FAULT_NAMES = Object.keys(FAULTS) as FaultName[];
