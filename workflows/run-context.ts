import {
  allHandlersFinished,
  condition,
  continueAsNew,
  defineQuery,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { ActivitiesOn } from '../activities/activities.js';
import type { RunActivityInput } from '../activities/run-input.js';
import type { RunBase } from '../domain/config/base.js';
import type { ClassesNeeded } from '../domain/config/data.js';
import { withModelImageSettings } from '../domain/config/image-settings.js';
import { PROGRESS_QUERY } from '../domain/protocol.js';
import { countText } from '../domain/quantities.js';
import type { DatasetRecord, NamedModel, OpenedModel } from '../domain/records.js';
import type { RunInput, RunProgress, RunReport, RunStatus } from '../domain/run.js';
import { type ActivityCalls, activityCalls } from './activity-calls.js';
import { type Approval, listenToDecisions } from './approval.js';
import { listenToPause, type Pause } from './pause.js';
import { publisher } from './publish.js';
import { type OpenStage, Stages } from './stages.js';
import { untilClosed } from './until-closed.js';

export const progressQuery = defineQuery<RunProgress>(PROGRESS_QUERY);

/** The method-specific part of a report. */
type Finding<Report extends RunReport> = Omit<
  Report,
  'runId' | 'method' | 'name' | 'config' | 'startedAt' | 'endedAt' | 'startedFrom' | 'reportKey'
>;

interface Preparation {
  /** Sets size, colour and fit of the pictures, unless the configuration does. */
  readonly model?: OpenedModel;
  /** The existing model that becomes generation 0: like `model`, but its classes must match the data too. */
  readonly teacher?: OpenedModel;
  readonly classesNeeded?: ClassesNeeded;
}

/** The context of a run: activities, stages, pause, approval, progress and report. */
export class RunContext<Config extends RunBase = RunBase> implements ActivityCalls {
  readonly runId = workflowInfo().workflowId;
  readonly config: Config;
  readonly input: RunActivityInput<Config>;
  readonly pause: Pause;
  readonly approval: Approval;
  readonly trainer: ActivityCalls['trainer'];
  readonly orchestrator: ActivityCalls['orchestrator'];
  private readonly startedAt: string;
  private readonly stages: Stages;
  private readonly publishProgress = publisher();
  private children: readonly string[] = [];
  private dataset: DatasetRecord | undefined;
  private opened: readonly NamedModel[];
  private details: (() => unknown) | undefined;
  private accuracy: number | undefined;
  private closed: RunStatus | undefined;

  constructor(private readonly workflowInput: RunInput<Config>) {
    const { config, continued } = workflowInput;
    this.config = config;
    this.input = { runId: this.runId, config };
    this.startedAt = continued?.startedAt ?? workflowInfo().startTime.toISOString();
    this.dataset = continued?.dataset;
    this.opened = continued?.opened ?? [];
    this.stages = new Stages(continued?.stages ?? [], () => this.publish());
    // Handles a pause that was sent before the run started.
    this.pause = listenToPause(continued?.paused ?? false, () => this.publish());
    this.approval = listenToDecisions(() => this.publish());
    const { trainer, orchestrator } = activityCalls(config, this.pause);
    this.trainer = trainer;
    this.orchestrator = orchestrator;
    setHandler(progressQuery, () => this.progress());
    this.publish();
  }

  /** Reads and splits the images; once per run. */
  async prepareDataset({ model, teacher, classesNeeded }: Preparation = {}): Promise<DatasetRecord> {
    const { config } = this;
    const reference = model ?? teacher;
    const data = reference ? withModelImageSettings(config.data, reference) : config.data;
    this.dataset ??= await this.onTrainer(
      'prepare the data set',
      (trainer) =>
        trainer.prepareDataset({
          runId: this.runId,
          config: { ...config, data },
          ...(classesNeeded && { classesNeeded }),
          ...(teacher && { teacher }),
        }),
      ({ counts }) =>
        `${countText(counts.labelled)} labelled, ${countText(counts.unlabelled)} unlabelled images`,
    );
    this.publish();
    return this.dataset;
  }

  /**
   * Opens an existing model and lists it in the report. A restarted run gets the same model again.
   * @param name the folder within the run to which a model from outside the store is copied
   * @param field the field of the configuration that names the model
   */
  async openModel(reference: string, name: string, field: string): Promise<OpenedModel> {
    const model = await this.onTrainer(
      `open ${reference}`,
      (trainer) => trainer.openModel({ ...this.input, reference, name, field }),
      ({ outputs, parameters }) => `${outputs} classes, ${countText(parameters)} parameters`,
    );
    const { modelKey, weightsHash } = model;
    this.opened = [...this.opened, { reference, name: model.name, modelKey, weightsHash }];
    return model;
  }

  /** Runs a stage that consists of one trainer activity. @param note describes the result */
  onTrainer<T>(
    name: string,
    call: (activities: ActivitiesOn<'trainer'>) => Promise<T>,
    note?: (result: T) => string,
  ): Promise<T> {
    return this.stage(name, () => call(this.trainer(name)), note);
  }

  stage<T>(
    name: string,
    work: (stage: OpenStage) => Promise<T>,
    note?: (result: T) => string | undefined,
  ): Promise<T> {
    return this.stages.run(name, work, note);
  }

  /** Adds details to the progress; evaluated at each query. */
  showDetails(details: () => unknown): void {
    this.details = details;
  }

  /** @param validation accuracy of the best model so far, for lists and searches */
  showAccuracy(validation: number): void {
    this.accuracy = validation;
    this.publish();
  }

  /** Shows the activities of a child workflow with this run's. */
  addChild(workflowId: string): void {
    this.children = [...this.children, workflowId];
  }

  removeChild(workflowId: string): void {
    this.children = this.children.filter((child) => child !== workflowId);
  }

  /** Whether the history is so long that the run should continue as new. */
  get isLong(): boolean {
    const { historyLength, continueAsNewSuggested } = workflowInfo();
    return (
      continueAsNewSuggested ||
      historyLength > (this.workflowInput.continueAsNewAfterEvents ?? Number.POSITIVE_INFINITY)
    );
  }

  /** @param state of the algorithm */
  async continueAsNew(state: unknown): Promise<never> {
    await condition(allHandlersFinished);
    const { startedAt, dataset, opened } = this;
    return continueAsNew<(input: RunInput) => Promise<RunReport>>({
      ...this.workflowInput,
      continued: {
        startedAt,
        stages: this.stages.list,
        ...(dataset && { dataset }),
        opened,
        paused: this.pause.isOn,
        state,
      },
    });
  }

  /** Writes the report. */
  async report<Report extends RunReport>(finding: Finding<Report>): Promise<Report> {
    const { runId, config, startedAt, opened } = this;
    const { method, name } = config;
    const report = {
      runId,
      method,
      name,
      config,
      startedAt,
      endedAt: new Date().toISOString(),
      ...(opened.length > 0 && { startedFrom: opened }),
      ...finding,
    } as unknown as Omit<RunReport, 'reportKey'>;
    return (await this.orchestrator('write the report').writeReport({ report })) as Report;
  }

  /** Runs the algorithm and publishes the final status. */
  untilClosed<T>(work: () => Promise<T>): Promise<T> {
    return untilClosed(work, (status) => {
      this.closed = status;
      this.publish();
    });
  }

  publish(): void {
    // Signals sent before the start call this from within the constructor.
    if (!this.stages || !this.approval) return;
    this.publishProgress(this.progress(), { stage: this.stages.current, accuracy: this.accuracy });
  }

  private progress(): RunProgress<Config> {
    const { runId, config, dataset, children, details, startedAt } = this;
    const paused = this.pause.isOn;
    const { question } = this.approval;
    return {
      runId,
      config,
      status: this.closed ?? (paused ? 'paused' : question ? 'awaiting-approval' : 'running'),
      paused,
      stages: this.stages.list,
      ...(dataset && { dataset }),
      ...(question && { question }),
      children,
      ...(details && { details: details() }),
      startedAt,
    };
  }
}
