import type { LeftOut } from '../domain/left-out.js';
import type { MethodName, ProgressOf, ReportOf } from '../domain/methods.js';
import { DECIDE_UPDATE, type DecideInput, PAUSE_SIGNAL, RESUME_SIGNAL } from '../domain/protocol.js';
import type { Decision, FullEvaluation } from '../domain/records.js';
import { readEvaluation, readLeftOut, readReport } from '../storage/runs.js';
import type { Server } from './connect.js';
import { DecisionRefusedError } from './errors.js';
import { ended, translateErrors } from './failures.js';
import { type FollowOptions, followSnapshots } from './follow.js';
import { waitForResult } from './outcome.js';
import { retryWhileUnreachable } from './retry-while-unreachable.js';
import { type RunSnapshot, takeSnapshot } from './snapshot.js';

const TIMEOUT_MS = 15_000;

/** The handle of a run. Its methods throw the errors of client/errors.ts. */
export interface Run<Name extends MethodName = MethodName> {
  readonly runId: string;
  progress(): Promise<ProgressOf<Name>>;
  /** Snapshots until the run has ended. */
  follow(options?: FollowOptions): AsyncIterable<RunSnapshot<Name>>;
  snapshot(): Promise<RunSnapshot<Name>>;
  /** Returns when the signal is sent; a training in progress writes a checkpoint and stops. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Returns when the request is sent; a training in progress writes a checkpoint first. */
  cancel(): Promise<void>;
  /**
   * Answers the gate's question.
   * @param decision its `about` names the model in question; by default that of the open question
   * @throws DecisionRefusedError if no question is open, or one about another model
   */
  decide(decision: Decision & { readonly about?: string }): Promise<void>;
  /**
   * Waits for the end of the run; retries while the server can't be reached.
   * @throws RunFailedError, RunCancelledError
   * @throws UnknownRunError if there is no such run
   * @throws ServerUnreachableError if the first request fails
   */
  result(): Promise<ReportOf<Name>>;
  /** The stored report. @throws ArtifactMissingError if there is none yet */
  report(): Promise<ReportOf<Name>>;
  /**
   * The evaluation of a model with precision and recall by class and the confusion matrix.
   * @param model its name within the run: `generation-1`, `student`
   * @throws ArtifactMissingError if it has not been measured on the split
   */
  evaluation(model: string, split: 'validation' | 'test'): Promise<FullEvaluation>;
  /**
   * The pictures that could not be used, with reasons.
   * @throws ArtifactMissingError if the pictures have not been read yet
   */
  leftOut(): Promise<readonly LeftOut[]>;
}

export function openRun<Name extends MethodName>(server: Server, runId: string): Run<Name> {
  const { client, store } = server;
  const handle = client.workflow.getHandle(runId);
  const request = <T>(work: () => Promise<T>) =>
    translateErrors(server, runId, () => client.withDeadline(Date.now() + TIMEOUT_MS, work));
  const take = () => takeSnapshot(server, runId) as Promise<RunSnapshot<Name>>;
  const snapshot = () => request(take);
  const openQuestion = async () => {
    const { progress, outcome } = await snapshot();
    if (outcome) throw ended(runId, outcome.status);
    if (!progress.question)
      throw new DecisionRefusedError(
        `${runId}: no question is open, expected a run that waits for approval: \`apprentice show ${runId}\` shows its status`,
      );
    return progress.question.about;
  };
  return {
    runId,
    snapshot,
    progress: async () => (await snapshot()).progress,
    follow: (options) => followSnapshots(server, runId, take, options),
    pause: () => request(() => handle.signal(PAUSE_SIGNAL)),
    resume: () => request(() => handle.signal(RESUME_SIGNAL)),
    cancel: () =>
      request(async () => {
        // The server does not refuse to cancel a workflow that has ended.
        const { status } = await handle.describe();
        if (status.name !== 'RUNNING') throw ended(runId, status.name);
        await handle.cancel();
      }),
    async decide({ promote, by, reason, about: named }) {
      const about = named ?? (await openQuestion());
      const input: DecideInput = { about, promote, by, reason };
      await request(() => handle.executeUpdate(DECIDE_UPDATE, { args: [input] }));
    },
    result: async () => {
      await request(() => handle.describe());
      return retryWhileUnreachable(() =>
        translateErrors(server, runId, () => waitForResult<ReportOf<Name>>(handle)),
      );
    },
    report: async () => (await readReport(store, runId)) as ReportOf<Name>,
    evaluation: (model, split) => readEvaluation(store, runId, model, split),
    leftOut: () => readLeftOut(store, runId),
  };
}
