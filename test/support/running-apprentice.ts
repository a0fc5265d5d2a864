import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Apprentice } from '../../client/apprentice.js';
import type { Run } from '../../client/run.js';
import type { RunSnapshot } from '../../client/snapshot.js';
import type { ConfigInputOf, MethodName } from '../../domain/methods.js';
import { generationKeys } from '../../storage/keys.js';
import { openStore } from '../../storage/open-store.js';
import { up } from '../../worker/up.js';
import { fewClothesConfig, unpackFewClothes } from './few-clothes.js';
import { processOf } from './process-list.js';

/** Steps of each training: enough for a test to reach its middle, on a fast machine too. */
export const STEPS = 90;

export type ProcessName = 'temporal' | 'orchestrator' | `trainer-${number}`;

/** A private server and workers in a folder of their own, on a few real pictures. */
export interface RunningApprentice {
  readonly apprentice: Apprentice;
  readonly home: string;
  /** A teacher and one student; tiny, quick, and with a checkpoint after every step. */
  readonly config: ConfigInputOf<'self-training'>;
  /** The process as it is now; it changes with each restart. */
  pidOf(name: ProcessName): Promise<number>;
  /** How often it was started. */
  startsOf(name: ProcessName): number;
  close(): Promise<void>;
}

/** Starts everything that a run needs; nothing outside the folder is touched. */
export async function startApprentice({ trainers = 1 } = {}): Promise<RunningApprentice> {
  const folder = await mkdtemp(join(tmpdir(), 'apprentice-run-'));
  const home = join(folder, 'home');
  const environment = withoutServer(process.env);
  const pictures = await unpackFewClothes(folder, { train: 40, test: 10 });
  const pids = new Map<string, number[]>();
  const running = await up({
    home,
    environment,
    port: 0,
    trainers,
    graceSeconds: 5,
    heartbeatMs: 200,
    onEvent(event) {
      if (event.kind === 'started') pids.set(event.name, [...(pids.get(event.name) ?? []), event.pid]);
    },
  });
  const apprentice = await Apprentice.connect({ home, environment });
  return {
    apprentice,
    home,
    config: {
      ...fewClothesConfig(pictures, { steps: STEPS, evaluations: 3 }),
      execution: { heartbeatSeconds: 5 },
    },
    async pidOf(name) {
      if (name !== 'temporal') return pids.get(name)!.at(-1)!;
      // The supervised process is the one that starts the server.
      return JSON.parse(await readFile(join(home, 'server.json'), 'utf8')).server.pid;
    },
    startsOf: (name) => pids.get(name)?.length ?? 0,
    async close() {
      await apprentice.close();
      await running.close();
      if (process.env['APPRENTICE_KEEP']) console.log(`kept ${folder}`);
      else await rm(folder, { recursive: true, force: true });
    },
  };
}

function withoutServer(environment: NodeJS.ProcessEnv): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !/^(TEMPORAL_|APPRENTICE_(HOME|STORE))/.test(name)),
  );
}

/** The process in which a trainer runs its activity; undefined if it runs none. */
export function childOf(trainer: number): number | undefined {
  return processOf(trainer, 'child');
}

/** Follows a run until a snapshot is as wanted, or the run has ended. */
export async function untilSnapshot<Name extends MethodName>(
  run: Run<Name>,
  isWanted: (snapshot: RunSnapshot<Name>) => boolean,
  withinMs = 90_000,
): Promise<RunSnapshot<Name>> {
  const signal = AbortSignal.timeout(withinMs);
  let last: RunSnapshot<Name> | undefined;
  for await (last of run.follow({ intervalMs: 100, signal })) {
    if (isWanted(last)) return last;
  }
  throw new Error(`the snapshot never came; the last was ${JSON.stringify(last, summarise)}`);
}

const summarise = (key: string, value: unknown) => (['config', 'byClass'].includes(key) ? undefined : value);

/**
 * Waits until a training is in its middle: some steps are done, most are not.
 * @param after a step that it has reached before
 * @returns the step of its last checkpoint
 */
export async function untilTraining(
  home: string,
  runId: string,
  generation: number,
  after = 0,
): Promise<number> {
  const store = openStore(join(home, 'store'));
  const prefix = `${generationKeys(runId, generation).checkpoints}/states/`;
  for (const deadline = Date.now() + 90_000; Date.now() < deadline; await sleep(20)) {
    const keys = await store.list(prefix);
    const steps = keys.map((key) => Number(/step-(\d+)\.json$/.exec(key)?.[1] ?? 0));
    const last = Math.max(0, ...steps);
    if (last > STEPS * 0.9) throw new Error(`generation ${generation} of ${runId} ended too early`);
    if (last >= after + STEPS / 10) return last;
  }
  throw new Error(`generation ${generation} of ${runId} did not begin to train`);
}

/** What the processes of a home have printed, for the message of a test that fails. */
export async function logsOf(home: string): Promise<string> {
  const folder = join(home, 'logs');
  const files = await readdir(folder).catch(() => []);
  const texts = await Promise.all(
    files.map(async (file) => `--- ${file}\n${(await readFile(join(folder, file), 'utf8')).slice(-4000)}`),
  );
  return texts.join('\n');
}
