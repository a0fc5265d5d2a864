/**
 * One server, one orchestrator and two trainers for the tests of all methods, and the models from which several start.
 * A test file can run alone too: what it needs is trained when it first asks for it.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before } from 'node:test';
import type { Run } from '../../../../client/run.js';
import type { ArtifactStore } from '../../../../domain/artifact-store.js';
import type { SelfTrainingReport } from '../../../../domain/methods/self-training.js';
import type { TransferReport } from '../../../../domain/methods/transfer.js';
import type { ConfigInputOf, MethodName, ReportOf } from '../../../../domain/methods.js';
import { openStore } from '../../../../storage/open-store.js';
import {
  childOf,
  logsOf,
  type RunningApprentice,
  startApprentice,
  untilSnapshot,
} from '../../../support/running-apprentice.js';
import { oldModelRun, someClasses } from '../../../support/small-teaching.js';

export let running: RunningApprentice;

before(async () => {
  running = await startApprentice({ trainers: 2 });
});
after(() => running.close());

export const execution = { heartbeatSeconds: 5 };

export type MethodConfig<Name extends MethodName> = ConfigInputOf<Name> & { readonly method: Name };
export type Change<Name extends MethodName> = Partial<Omit<ConfigInputOf<Name>, 'method'>>;

export function storeOf(): ArtifactStore {
  return openStore(join(running.home, 'store'));
}

export function start<Name extends MethodName>(
  runId: string,
  config: MethodConfig<Name>,
): Promise<Run<Name>> {
  return running.apprentice.start(config, { runId });
}

/** Starts a run and waits for its report. */
export async function reportOf<Name extends MethodName>(
  runId: string,
  config: MethodConfig<Name>,
): Promise<ReportOf<Name>> {
  return resultOf(await start(runId, config));
}

/** Waits for the report of a run; the error of one that fails has the logs of all processes. */
export async function resultOf<Name extends MethodName>(run: Run<Name>): Promise<ReportOf<Name>> {
  return run.result().catch(async (error) => {
    throw new Error(`${run.runId}: ${error.message}\n${await logsOf(running.home)}`, { cause: error });
  });
}

/**
 * Starts runs that have to fail, all at once.
 * @param before the name of a stage that none of them may come to
 */
export async function assertRefused<Name extends MethodName>(
  before: string | undefined,
  runs: Readonly<Record<string, readonly [config: MethodConfig<Name>, message: RegExp]>>,
): Promise<void> {
  await Promise.all(
    Object.entries(runs).map(async ([runId, [config, message]]) => {
      const run = await start(runId, config);
      await assert.rejects(run.result(), message);
      const { stages } = await run.progress();
      assert.ok(!stages.some(({ name, status }) => name === before && status === 'done'), runId);
    }),
  );
}

/** Kills the trainer that works on a run, at the first snapshot that is as wanted, and waits for the report. */
export async function reportOfKilled<Name extends MethodName>(
  runId: string,
  config: MethodConfig<Name>,
  isReached: Parameters<typeof untilSnapshot<Name>>[1],
): Promise<ReportOf<Name>> {
  const run = await start(runId, config);
  await untilSnapshot(run, isReached);
  for (const trainer of ['trainer-1', 'trainer-2'] as const) {
    const pid = await running.pidOf(trainer);
    if (childOf(pid) !== undefined) process.kill(pid, 'SIGKILL');
  }
  return resultOf(run);
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** A teacher, `few-clothes@1`, and a student of all ten classes, in the run `clothes`. */
export const clothes = once(async (): Promise<SelfTrainingReport> => {
  const { teacher, student, ...config } = running.config;
  return reportOf('clothes', {
    ...config,
    method: 'self-training',
    models: [{ kind: 'residual', width: 8, stages: 2 }],
    teacher: { ...teacher, steps: 80, checkpointSeconds: 3600 },
    student: { ...student, steps: 40, checkpointSeconds: 3600 },
    execution,
  });
});

/** The folder of the student of {@link clothes}. */
export async function studentFolder(): Promise<string> {
  return join(running.home, 'store', (await clothes()).generations[1]!.model.modelKey);
}

/** A model of three classes, `old@1`. */
export const oldModel = once(async (): Promise<SelfTrainingReport> => {
  const { teacher, ...config } = oldModelRun(running);
  return reportOf('old', {
    ...config,
    method: 'self-training',
    teacher: { ...teacher, steps: 200, checkpointSeconds: 3600 },
    execution,
  });
});

/** Unlike those of {@link oldModel}. */
export const OTHER_CLASSES = ['ankle-boot', 'shirt'];

/** A transfer of {@link oldModel} to two other classes. */
export function transferOf(change: Change<'transfer'> = {}): MethodConfig<'transfer'> {
  return {
    method: 'transfer',
    name: 'other',
    from: 'old',
    data: { ...running.config.data, labelled: someClasses(running, OTHER_CLASSES) },
    training: { steps: 40, batchSize: 16, evaluations: 2, checkpointSeconds: 0 },
    execution,
    ...change,
  };
}

/** A new head on the features of {@link oldModel}: `other@1`. */
export const transferred = once(async (): Promise<TransferReport> => {
  await oldModel();
  return reportOf('head', transferOf({ mode: 'head' }));
});
