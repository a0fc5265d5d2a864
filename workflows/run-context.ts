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
import type { DatasetRecord, NamedModel, OpenedModel } from '../domain/records.js';
import type { RunInput, RunProgress, RunReport, RunStatus } from '../domain/run.js';
import { type ActivityCalls, activityCalls } from './activity-calls.js';
import { type Approval, listenToDecisions } from './approval.js';
import { listenToPause, type Pause } from './pause.js';
import { publisher } from './publish.js';
import { type OpenStage, Stages } from './stages.js';
import { untilClosed } from './until-closed.js';

export const progressQuery = defineQuery<RunProgress>(PROGRESS_QUERY);

/** The part of a report that is the method's own. */
type Finding<Report extends RunReport> = Omit<
  Report,
  'runId' | 'method' | 'name' | 'config' | 'startedAt' | 'endedAt' | 'startedFrom' | 'reportKey'
>;

interface Preparation {
  /** A model whose size, colour and fit the pictures get, unless the configuration says otherwise. */
  readonly model?: OpenedModel;
  /** The existing model that becomes generation 0; as `model`, and the data must suit it. */
  readonly teacher?: OpenedModel;
  readonly classesNeeded?: ClassesNeeded;
}

/** A run: its progress, its way to the activities, pause, approval, report. An algorithm reads as its stages. */
export class Run<Config extends RunBase = RunBase> implements ActivityCalls {
  readonly runId = workflowInfo().workflowId;
  readonly config: Config;
  /** The beginning of most activities' input. */
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
    // A pause that was sent before the run began is handled here already.
    this.pause = listenToPause(continued?.paused ?? false, () => this.publish());
    this.approval = listenToDecisions(() => this.publish());
    const { trainer, orchestrator } = activityCalls(config, this.pause);
    this.trainer = trainer;
    this.orchestrator = orchestrator;
    setHandler(progressQuery, () => this.progress());
    this.publish();
  }

  /** Reads and splits the images, once in a run. */
  async prepareDataset({ model, teacher, classesNeeded }: Preparation = {}): Promise<DatasetRecord> {
    const { config } = this;
    const shaping = model ?? teacher;
    const data = shaping ? withModelImageSettings(config.data, shaping) : config.data;
    this.dataset ??= await this.onTrainer(
      'prepare the data set',
      (trainer) =>
        trainer.prepareDataset({
          runId: this.runId,
          config: { ...config, data },
          ...(classesNeeded && { classesNeeded }),
          ...(teacher && { teacher }),
        }),
      ({ counts }) => `${counts.labelled} labelled, ${counts.unlabelled} unlabelled images`,
    );
    this.publish();
    return this.dataset;
  }

  /**
   * Opens an existing model; the report names it. If the run is started again, the name stands for the same model.
   * @param name the folder within the run to which a model from outside the store is copied
   * @param field the field of the configuration that names the model
   */
  async openModel(reference: string, name: string, field: string): Promise<OpenedModel> {
    const model = await this.onTrainer(
      `open ${reference}`,
      (trainer) => trainer.openModel({ ...this.input, reference, name, field }),
      ({ outputs, parameters }) => `${outputs} classes, ${parameters.toLocaleString('en')} parameters`,
    );
    const { modelKey, weightsHash } = model;
    this.opened = [...this.opened, { reference, name: model.name, modelKey, weightsHash }];
    return model;
  }

  /** A stage that is one activity on a trainer. @param note its result in a few words */
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

  /** Shows details beside the stages; asked for at each look. */
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

  /** Whether the history is so long that the run had better continue with an empty one. */
  get isLong(): boolean {
    const { historyLength, continueAsNewSuggested } = workflowInfo();
    return (
      continueAsNewSuggested ||
      historyLength > (this.workflowInput.continueAsNewAfterEvents ?? Number.POSITIVE_INFINITY)
    );
  }

  /** Continues with an empty history. @param state of the algorithm */
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

  /** Runs the algorithm and shows how it ended. */
  untilClosed<T>(work: () => Promise<T>): Promise<T> {
    return untilClosed(work, (status) => {
      this.closed = status;
      this.publish();
    });
  }

  publish(): void {
    // Signals that came before the run began call this from the constructor.
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
