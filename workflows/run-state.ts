import { defineQuery, setHandler, workflowInfo } from '@temporalio/workflow';
import type { StepInput } from '../activities/contract.js';
import type { RunConfig } from '../domain/config.js';
import { PROGRESS_QUERY, type RunInput } from '../domain/protocol.js';
import type {
  DatasetRecord,
  Evaluation,
  GenerationRecord,
  RunProgress,
  RunReport,
  RunStatus,
} from '../domain/records.js';
import { type Steps, stepsOf } from './activities.js';
import { type Approval, listenToDecisions } from './approval.js';
import { advancedSignal } from './generation.js';
import { listenToPause, type Pause } from './pause.js';
import { publisher } from './publish.js';
import { untilClosed } from './until-closed.js';

export const progressQuery = defineQuery<RunProgress>(PROGRESS_QUERY);

interface Changes {
  readonly status: RunStatus;
  readonly dataset: DatasetRecord;
  readonly current: NonNullable<RunProgress['current']>;
}

/** How far a run is: what it answers to queries, and shows wherever Temporal shows it. */
export class RunState {
  readonly config: RunConfig;
  readonly step: StepInput<RunConfig>;
  readonly steps: Steps;
  readonly pause: Pause;
  readonly approval: Approval;
  readonly startedAt: string;
  generations: readonly GenerationRecord[];
  private status: RunStatus = 'preparing';
  private dataset: DatasetRecord | undefined;
  private current: RunProgress['current'];
  private readonly publish = publisher();

  constructor(
    readonly runId: string,
    { config, continued }: RunInput,
  ) {
    this.config = config;
    this.step = { runId, config };
    this.steps = stepsOf(config);
    this.startedAt = continued?.startedAt ?? workflowInfo().startTime.toISOString();
    this.generations = continued?.generations ?? [];
    this.dataset = continued?.dataset;
    this.pause = listenToPause(continued?.paused ?? false, () => this.publish(this.progress()));
    this.approval = listenToDecisions();
    setHandler(progressQuery, () => this.progress());
    setHandler(advancedSignal, ({ status, ...current }) => this.update({ status, current }));
    this.publish(this.progress());
  }

  /** The last promoted generation. */
  get champion(): GenerationRecord | undefined {
    return this.generations.findLast(({ promoted }) => promoted);
  }

  update({ status, dataset, current }: Partial<Changes>): void {
    this.status = status ?? this.status;
    this.dataset = dataset ?? this.dataset;
    this.current = current ?? this.current;
    this.publish(this.progress());
  }

  add(record: GenerationRecord): void {
    this.generations = [...this.generations, record];
    this.current = undefined;
    this.publish(this.progress());
  }

  addTest(generation: number, test: Evaluation): void {
    this.generations = this.generations.map((record) =>
      record.generation === generation ? { ...record, test } : record,
    );
    this.publish(this.progress());
  }

  /** Shows how the work ended. */
  untilClosed<T>(work: () => Promise<T>): Promise<T> {
    return untilClosed(work, (status) => this.update({ status }));
  }

  report(dataset: DatasetRecord): Omit<RunReport, 'reportKey'> {
    const { runId, config, generations, startedAt } = this;
    const { generation, model, version } = this.champion!;
    return {
      runId,
      name: config.name,
      dataset,
      generations,
      champion: { generation, modelKey: model.modelKey, ...(version && { version }) },
      startedAt,
      endedAt: new Date().toISOString(),
      trainingSeconds: generations.reduce((sum, record) => sum + record.model.trainingSeconds, 0),
    };
  }

  private progress(): RunProgress {
    const { runId, config, dataset, generations, current, startedAt, pause } = this;
    const isClosed = ['completed', 'cancelled', 'failed'].includes(this.status);
    // A pause sent before the run began is heard while it is being opened.
    const paused = pause?.isOn ?? false;
    return {
      runId,
      config,
      status: paused && !isClosed ? 'paused' : this.status,
      paused,
      generation: current?.generation ?? generations.at(-1)?.generation ?? 0,
      ...(dataset && { dataset }),
      generations,
      ...(current && { current }),
      startedAt,
    };
  }
}
