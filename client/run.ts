import { DECIDE_UPDATE, type DecideInput } from '../domain/protocol.js';
import type { Decision, FullEvaluation, RunReport } from '../domain/records.js';
import { type RejectedPicture, readEvaluation, readRejected, readRunReport } from '../storage/runs.js';
import type { Server } from './connect.js';
import { type RunSnapshot, takeSnapshot } from './snapshot.js';
import { askSoon, type Steering, steer } from './steering.js';

/** A run, wherever it is carried on. Whatever asks something of it throws what client/errors.ts names. */
export interface Run extends Steering<RunSnapshot, RunReport> {
  /**
   * Answers the gate's question; the generation in progress is meant where none is named.
   * @throws DecisionRefusedError when nothing waits for an answer, or another generation does
   */
  decide(decision: Decision & { readonly generation?: number }): Promise<void>;
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

export function openRun(server: Server, runId: string): Run {
  const { client, store } = server;
  const steering = steer<RunSnapshot, RunReport>(server, runId, () => takeSnapshot(server, runId));
  return {
    ...steering,
    async decide({ promote, by, reason, generation: named }) {
      const generation = named ?? (await steering.look()).progress.generation;
      const input: DecideInput = { generation, promote, by, reason };
      const handle = client.workflow.getHandle(runId);
      await askSoon(server, runId, () => handle.executeUpdate(DECIDE_UPDATE, { args: [input] }));
    },
    report: () => readRunReport(store, runId),
    evaluation: (generation, split) => readEvaluation(store, runId, generation, split),
    rejected: () => readRejected(store, runId),
  };
}
