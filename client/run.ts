import type { MethodName, ProgressOf, ReportOf } from '../domain/methods.js';
import { DECIDE_UPDATE, type DecideInput, PAUSE_SIGNAL, RESUME_SIGNAL } from '../domain/protocol.js';
import type { Decision, FullEvaluation } from '../domain/records.js';
import type { RejectedPicture } from '../domain/rejected-pictures.js';
import { readEvaluation, readRejected, readReport } from '../storage/runs.js';
import type { Server } from './connect.js';
import { DecisionRefusedError } from './errors.js';
import { aboutRun, ended } from './failures.js';
import { type FollowOptions, followSnapshots } from './follow.js';
import { waitForResult } from './outcome.js';
import { patiently } from './patiently.js';
import { type RunSnapshot, takeSnapshot } from './snapshot.js';

const ANSWER_WITHIN_MS = 15_000;

/** A run of any method, wherever it is carried on. Its methods throw the errors of client/errors.ts. */
export interface Run<Name extends MethodName = MethodName> {
  readonly runId: string;
  progress(): Promise<ProgressOf<Name>>;
  /** Snapshots until the run has ended. */
  follow(options?: FollowOptions): AsyncIterable<RunSnapshot<Name>>;
  /** One snapshot. */
  look(): Promise<RunSnapshot<Name>>;
  /** A training under way writes its checkpoint and ends; returns when the run has the signal. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Asks the run to end; a training under way writes its checkpoint first. */
  cancel(): Promise<void>;
  /**
   * Answers the gate's question.
   * @param decision its `about` names the model in question; the open question by default
   * @throws DecisionRefusedError if no question is open, or another one
   */
  decide(decision: Decision & { readonly about?: string }): Promise<void>;
  /**
   * Waits for the end, also while the server can't be reached.
   * @throws RunFailedError, RunCancelledError
   * @throws UnknownRunError if there is no such run
   * @throws ServerUnreachableError if there is no server to begin with
   */
  result(): Promise<ReportOf<Name>>;
  /** The written report. @throws ArtifactMissingError if there is none yet */
  report(): Promise<ReportOf<Name>>;
  /**
   * The evaluation of a model, class by class: precision, recall and confusion.
   * @param model its name within the run: `generation-1`, `student`
   * @throws ArtifactMissingError if it has not been measured on the split yet
   */
  evaluation(model: string, split: 'validation' | 'test'): Promise<FullEvaluation>;
  /**
   * The pictures that could not be used, each with its reason.
   * @throws ArtifactMissingError if the pictures have not been read yet
   */
  rejected(): Promise<readonly RejectedPicture[]>;
}

/** Opens a run by its id; whether there is one shows at the first call. */
export function openRun<Name extends MethodName>(server: Server, runId: string): Run<Name> {
  const { client, store } = server;
  const handle = client.workflow.getHandle(runId);
  const soon = <T>(work: () => Promise<T>) =>
    aboutRun(server, runId, () => client.withDeadline(Date.now() + ANSWER_WITHIN_MS, work));
  const take = () => takeSnapshot(server, runId) as Promise<RunSnapshot<Name>>;
  const look = () => soon(take);
  return {
    runId,
    look,
    progress: async () => (await look()).progress,
    follow: (options) => followSnapshots(server, runId, take, options),
    pause: () => soon(() => handle.signal(PAUSE_SIGNAL)),
    resume: () => soon(() => handle.signal(RESUME_SIGNAL)),
    cancel: () =>
      soon(async () => {
        // The server accepts a request to cancel an ended workflow silently.
        const { status } = await handle.describe();
        if (status.name !== 'RUNNING') throw ended(runId, status.name);
        await handle.cancel();
      }),
    async decide({ promote, by, reason, about: named }) {
      const about = named ?? (await look()).progress.question?.about;
      if (about === undefined) throw new DecisionRefusedError(`${runId}: no question is open`);
      const input: DecideInput = { about, promote, by, reason };
      await soon(() => handle.executeUpdate(DECIDE_UPDATE, { args: [input] }));
    },
    result: async () => {
      await soon(() => handle.describe());
      return patiently(() => aboutRun(server, runId, () => waitForResult<ReportOf<Name>>(handle)));
    },
    report: async () => (await readReport(store, runId)) as ReportOf<Name>,
    evaluation: (model, split) => readEvaluation(store, runId, model, split),
    rejected: () => readRejected(store, runId),
  };
}
