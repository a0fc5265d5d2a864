import { DECIDE_UPDATE, type DecideInput, PAUSE_SIGNAL, RESUME_SIGNAL } from '../domain/protocol.js';
import type { Decision, FullEvaluation, RunProgress, RunReport } from '../domain/records.js';
import { type RejectedPicture, readEvaluation, readRejected, readRunReport } from '../storage/runs.js';
import type { Server } from './connect.js';
import { aboutRun, ended } from './failures.js';
import { type FollowOptions, followSnapshots } from './follow.js';
import { waitForResult } from './outcome.js';
import { type RunSnapshot, takeSnapshot } from './snapshot.js';

/** A run, wherever it is carried on. Whatever asks something of it throws what client/errors.ts names. */
export interface Run {
  readonly runId: string;
  progress(): Promise<RunProgress>;
  /** Snapshots until the run has ended. */
  follow(options?: FollowOptions): AsyncIterable<RunSnapshot>;
  /** One snapshot. */
  look(): Promise<RunSnapshot>;
  /** A training that runs writes its checkpoint and ends; returns when the run has been told. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Asks the run to end; a training that runs writes its checkpoint first. */
  cancel(): Promise<void>;
  /**
   * Answers the gate's question; the generation in progress is meant where none is named.
   * @throws DecisionRefusedError when nothing waits for an answer, or another generation does
   */
  decide(decision: Decision & { readonly generation?: number }): Promise<void>;
  /**
   * Waits for the end.
   * @throws RunFailedError, RunCancelledError
   */
  result(): Promise<RunReport>;
  /** The written report. @throws ArtifactMissingError when the run has none yet. */
  report(): Promise<RunReport>;
  /**
   * What a generation's model is worth, class by class: precision, recall and confusion.
   * @throws ArtifactMissingError when it has not been measured on the split yet
   */
  evaluation(generation: number, split: 'validation' | 'test'): Promise<FullEvaluation>;
  /**
   * The pictures that could not be used, each with its reason.
   * @throws ArtifactMissingError when the pictures have not been read yet
   */
  rejected(): Promise<readonly RejectedPicture[]>;
}

const ANSWER_WITHIN_MS = 15_000;

export function openRun(server: Server, runId: string): Run {
  const { client, store } = server;
  const handle = client.workflow.getHandle(runId);
  const ask = <T>(work: () => Promise<T>) => aboutRun(server, runId, work);
  const soon = <T>(work: () => Promise<T>) =>
    ask(() => client.withDeadline(Date.now() + ANSWER_WITHIN_MS, work));
  const look = () => soon(() => takeSnapshot(server, runId));
  return {
    runId,
    progress: async () => (await look()).progress,
    follow: (options) => followSnapshots(server, runId, () => takeSnapshot(server, runId), options),
    look,
    pause: () => soon(() => handle.signal(PAUSE_SIGNAL)),
    resume: () => soon(() => handle.signal(RESUME_SIGNAL)),
    cancel: () =>
      soon(async () => {
        // The server takes a request to end what has ended without a word.
        const { status } = await handle.describe();
        if (status.name !== 'RUNNING') throw ended(runId, status.name);
        await handle.cancel();
      }),
    async decide({ promote, by, reason, generation: named }) {
      const generation = named ?? (await look()).progress.generation;
      const input: DecideInput = { generation, promote, by, reason };
      await soon(() => handle.executeUpdate(DECIDE_UPDATE, { args: [input] }));
    },
    result: () => ask(() => waitForResult<RunReport>(handle)),
    report: () => readRunReport(store, runId),
    evaluation: (generation, split) => readEvaluation(store, runId, generation, split),
    rejected: () => readRejected(store, runId),
  };
}
