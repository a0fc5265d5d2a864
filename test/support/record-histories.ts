/**
 * Records the histories that the replay test replays, from runs with stub activities: after a wanted change of the
 * workflows.
 *
 *   node dist/test/support/record-histories.js     (into test/unit/workflows/histories/)
 */
import { mkdir, rm } from 'node:fs/promises';
import type { ConfigInputOf, MethodName } from '../../domain/methods.js';
import { HISTORIES, HISTORY_NAMES, type HistoryName } from './histories.js';
import { saveHistory } from './save-history.js';
import {
  DATASET,
  notedActivities,
  reigningModel,
  STUBS,
  type Stubs,
  untilCancelled,
} from './stub-activities.js';
import { type StubRun, startStubRun, until } from './stub-runs.js';
import { type WorkflowTest, withWorkflows } from './workflow-tests.js';

const saved = new Set<string>();

interface Scenario<Name extends MethodName> {
  readonly method: Name;
  readonly config?: Partial<ConfigInputOf<Name>>;
  readonly stubs?: Stubs;
  readonly continueAsNewAfterEvents?: number;
  /** Steers the run to its end. */
  readonly steer?: (run: StubRun<Name>, server: WorkflowTest) => Promise<unknown>;
  /** The histories to save: of the run by default, or of its child workflows. */
  readonly save: Partial<Record<HistoryName, 'run' | 'first' | `generation-${number}` | `trial-${number}`>>;
}

async function record<Name extends MethodName>(scenario: Scenario<Name>): Promise<void> {
  const { method, config, stubs, steer = (run) => run.result(), continueAsNewAfterEvents, save } = scenario;
  const runId = `${method}-1`;
  await withWorkflows(notedActivities(stubs).activities, async (server) => {
    const options = continueAsNewAfterEvents === undefined ? {} : { continueAsNewAfterEvents };
    const run = await startStubRun(server, method, runId, config, options);
    const { runId: first } = await server.client.workflow.getHandle(runId).describe();
    await steer(run, server);
    for (const [name, of] of Object.entries(save)) {
      const history =
        of === 'run'
          ? server.history(runId)
          : of === 'first'
            ? server.history(runId, first)
            : server.history(`${runId}/${of}`);
      await saveHistory(name as HistoryName, await history);
      saved.add(name);
      console.log(`recorded ${name}`);
    }
  });
}

/** The named training runs until it is cancelled, the first time. */
function heldOnce(wanted: string): { readonly stubs: Stubs; isHeld(): boolean } {
  let held = 0;
  const trainModel: Stubs['trainModel'] = (input) =>
    input.plan.name === wanted && held++ === 0 ? untilCancelled() : STUBS.trainModel(input);
  return { stubs: { trainModel }, isHeld: () => held > 0 };
}

async function ended(run: { result(): Promise<unknown> }): Promise<void> {
  await run.result().catch(() => undefined);
}

async function pauseAndResume<Name extends MethodName>(run: StubRun<Name>, isHeld: () => boolean) {
  await until(isHeld);
  await run.pause();
  await run.until(({ paused }) => paused);
  await run.resume();
  await run.result();
}

async function approve<Name extends MethodName>(run: StubRun<Name>, about: string) {
  await run.until(({ status }) => status === 'awaiting-approval');
  await run.decide({ about });
  await run.result();
}

async function selfTraining(): Promise<void> {
  const method = 'self-training';
  const oneStudent = { generations: 1 };
  await record({
    method,
    config: oneStudent,
    save: {
      'self-training-completed': 'run',
      'self-training-completed-generation-0': 'generation-0',
      'self-training-completed-generation-1': 'generation-1',
    },
  });
  await record({
    method,
    config: { ...oneStudent, teacher: { from: 'known' } },
    save: { 'self-training-adopted': 'run', 'self-training-adopted-generation-0': 'generation-0' },
  });
  const paused = heldOnce('generation-1');
  await record({
    method,
    config: oneStudent,
    stubs: paused.stubs,
    steer: (run) => pauseAndResume(run, paused.isHeld),
    save: { 'self-training-paused': 'run', 'self-training-paused-generation-1': 'generation-1' },
  });
  const cancelled = heldOnce('generation-1');
  await record({
    method,
    config: oneStudent,
    stubs: cancelled.stubs,
    steer: async (run) => {
      await until(cancelled.isHeld);
      await run.cancel();
      await ended(run);
    },
    save: { 'self-training-cancelled': 'run', 'self-training-cancelled-generation-1': 'generation-1' },
  });
  await record({
    method,
    config: { ...oneStudent, gate: { approval: 'always' } },
    steer: (run) => approve(run, 'student 1'),
    save: { 'self-training-approved': 'run' },
  });
  await record({
    method,
    config: { ...oneStudent, teacher: { from: 'known' } },
    continueAsNewAfterEvents: 5,
    save: { 'self-training-continued-first': 'first', 'self-training-continued-last': 'run' },
  });
  await record({
    method,
    stubs: {
      prepareDataset: () => {
        throw new Error('data.labelled: received no pictures');
      },
    },
    config: { execution: { attempts: 1 } },
    steer: ended,
    save: { 'self-training-failed': 'run' },
  });
  let champion = 4;
  await record({
    method,
    config: { generations: 0 },
    stubs: {
      findReigning: () => reigningModel(champion),
      promote: (input) => (champion++ === 4 ? { supersededBy: 5 } : STUBS.promote(input)),
    },
    save: { 'self-training-superseded': 'run' },
  });
  // More shards than are labelled at once.
  await record({
    method,
    config: { ...oneStudent, pseudoLabels: { shardSize: 100 } },
    stubs: {
      prepareDataset: () => ({ ...DATASET, counts: { ...DATASET.counts, unlabelled: 13_200 } }),
    },
    save: { 'self-training-sharded-generation-1': 'generation-1' },
  });
}

async function search(): Promise<void> {
  const method = 'search';
  const one = heldOnce('trial-4');
  await record({
    method,
    stubs: one.stubs,
    steer: async (run, { client }) => {
      await until(one.isHeld);
      await client.workflow.getHandle(`${run.runId}/trial-4`).cancel();
      await run.result();
    },
    save: {
      'search-completed': 'run',
      'search-trial': 'trial-1',
      'search-trial-cancelled': 'trial-4',
    },
  });
  await record({
    method,
    config: { parallel: 2 },
    continueAsNewAfterEvents: 40,
    save: { 'search-continued-first': 'first', 'search-continued-last': 'run' },
  });
  const all = heldOnce('trial-1');
  await record({
    method,
    stubs: all.stubs,
    config: { parallel: 2 },
    steer: async (run) => {
      await until(all.isHeld);
      await run.cancel();
      await ended(run);
    },
    save: { 'search-cancelled': 'run' },
  });
}

async function otherMethods(): Promise<void> {
  const old = { labelled: { format: 'class-folders', path: '/old' } } as const;
  await record({ method: 'transfer', save: { 'transfer-completed': 'run' } });
  await record({ method: 'distill', save: { 'distill-completed': 'run' } });
  await record({
    method: 'distill',
    config: { gate: { approval: 'always' } },
    stubs: { findReigning: () => reigningModel(4) },
    steer: (run) => approve(run, 'the student'),
    save: { 'distill-approved': 'run' },
  });
  const paused = heldOnce('student');
  await record({
    method: 'distill',
    stubs: paused.stubs,
    steer: (run) => pauseAndResume(run, paused.isHeld),
    save: { 'distill-paused': 'run' },
  });
  await record({ method: 'extend', config: { old }, save: { 'extend-completed': 'run' } });
  await record({ method: 'gap', save: { 'gap-completed': 'run' } });
  await record({ method: 'label-next', save: { 'label-next-completed': 'run' } });
  await record({ method: 'robustness', save: { 'robustness-completed': 'run' } });
  await record({ method: 'evaluate', save: { 'evaluate-completed': 'run' } });
}

await rm(HISTORIES, { recursive: true, force: true });
await mkdir(HISTORIES);
await selfTraining();
await search();
await otherMethods();
const missing = HISTORY_NAMES.filter((name) => !saved.has(name));
if (missing.length > 0) throw new Error(`histories: recorded none of ${missing.join(', ')}`);
process.exit(0);
