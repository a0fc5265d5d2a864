import {
  type ActivityInterfaceFor,
  defineQuery,
  isCancellation,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { OrchestrationActivities, StepInput, TrainingActivities } from '../../activities/contract.js';
import type { RunBase } from '../../domain/config/base.js';
import type { ClassesNeeded } from '../../domain/config/data.js';
import { withModelImageSettings } from '../../domain/config/image-settings.js';
import type {
  MethodInput,
  MethodName,
  MethodProgress,
  MethodReport,
  MethodStatus,
  NamedModel,
  OpenedModel,
  Stage,
} from '../../domain/methods.js';
import { PROGRESS_QUERY } from '../../domain/protocol.js';
import type { DatasetRecord } from '../../domain/records.js';
import { type BY_IMAGE, type Steps, stepsOf } from '../activities.js';
import { listenToPause, type Pause } from '../pause.js';
import { untilClosed } from '../until-closed.js';
import { methodPublisher } from './publish-method.js';

export const methodProgressQuery = defineQuery<MethodProgress>(PROGRESS_QUERY);

/** What a method says of its result beside who, when and where. */
type Finding<Report extends MethodReport> = Omit<
  Report,
  'runId' | 'method' | 'name' | 'startedAt' | 'endedAt' | 'startedFrom' | 'reportKey'
>;

/**
 * A piece of durable work in stages: what it answers to queries and shows, and its way to the activities. A method
 * reads as its stages, one after another or side by side.
 */
export class MethodRun<Config extends RunBase = RunBase> {
  readonly runId = workflowInfo().workflowId;
  readonly config: Config;
  /** The beginning of every activity's input. */
  readonly input: StepInput<Config>;
  readonly pause: Pause;
  readonly startedAt: string;
  /** How it stands beside its stages, for those who ask. */
  details: (() => unknown) | undefined;
  private readonly steps: Steps;
  private stages: readonly Stage[];
  private children: readonly string[] = [];
  private dataset: DatasetRecord | undefined;
  private opened: readonly OpenedModel[] = [];
  private status: MethodStatus = 'running';
  private readonly publish = methodPublisher();

  constructor(
    readonly method: MethodName,
    { config, continued }: MethodInput<Config>,
  ) {
    this.config = config;
    this.input = { runId: this.runId, config };
    this.steps = stepsOf(config);
    this.stages = continued?.stages ?? [];
    this.startedAt = continued?.startedAt ?? workflowInfo().startTime.toISOString();
    this.pause = listenToPause(continued?.paused ?? false, () => this.tell());
    setHandler(methodProgressQuery, () => this.progress());
    this.tell();
  }

  /**
   * Reads and splits the images: the first stage of most methods.
   * @param known where that was done before continue-as-new
   * @param model as whose pictures these are brought to a shape where the configuration does not say
   * @param classesNeeded two where nothing is said
   */
  async prepareDataset(
    known?: DatasetRecord,
    model?: OpenedModel,
    classesNeeded?: ClassesNeeded,
  ): Promise<DatasetRecord> {
    const { config } = this;
    const data = model ? withModelImageSettings(config.data, model) : config.data;
    this.dataset =
      known ??
      (await this.step(
        'prepare the data set',
        (activities) =>
          activities.prepareDataset({
            ...this.input,
            config: { ...config, data },
            ...(classesNeeded && { classesNeeded }),
          }),
        ({ counts }) => `${counts.labelled} labelled, ${counts.unlabelled} unlabelled images`,
      ));
    this.tell();
    return this.dataset;
  }

  /**
   * Opens a model that was there before; the report says which it was. Begun anew, the work has the same again.
   * @param name under which one from outside the store is kept in the run
   * @param field of the configuration that names it
   */
  async openModel(reference: string, name: string, field: string): Promise<OpenedModel> {
    const model = await this.step(
      `open ${reference}`,
      (activities) => activities.openModel({ ...this.input, reference, name, field }),
      ({ outputs, parameters }) => `${outputs} classes, ${parameters.toLocaleString('en')} parameters`,
    );
    this.opened = [...this.opened, model];
    return model;
  }

  /**
   * A stage that is one activity on a trainer. A pause cancels it, which makes a training write its checkpoint; at
   * resume it goes on from there.
   * @param note what it came to, in a few words
   */
  step<T>(
    name: string,
    activity: (activities: ActivityInterfaceFor<TrainingActivities>) => Promise<T>,
    note?: (result: T) => string,
  ): Promise<T> {
    return this.stage(name, () => this.pause.interruptible(() => activity(this.steps.training(name))), note);
  }

  /** A quick activity of an orchestrator: no stage of its own. */
  quick<T>(
    name: string,
    activity: (activities: ActivityInterfaceFor<OrchestrationActivities>) => Promise<T>,
    within?: typeof BY_IMAGE,
  ): Promise<T> {
    return activity(this.steps.orchestration(name, within));
  }

  /** Any work as a stage. */
  async stage<T>(name: string, work: () => Promise<T>, note?: (result: T) => string): Promise<T> {
    const at = this.stages.length;
    this.stages = [...this.stages, { name, status: 'running', startedAt: new Date().toISOString() }];
    this.tell();
    const end = (status: Stage['status'], said?: string) => {
      const endedAt = new Date().toISOString();
      this.stages = this.stages.map((stage, place) =>
        place === at ? { ...stage, status, endedAt, ...(said && { note: said }) } : stage,
      );
      this.tell();
    };
    try {
      const result = await work();
      end('done', note?.(result));
      return result;
    } catch (error) {
      end(isCancellation(error) ? 'stopped' : 'failed');
      throw error;
    }
  }

  /** A workflow of a part of the work: its steps are shown with this one's. */
  addChild(workflowId: string): void {
    this.children = [...this.children, workflowId];
  }

  removeChild(workflowId: string): void {
    this.children = this.children.filter((child) => child !== workflowId);
  }

  /** Writes what it came to. */
  async report<Report extends MethodReport>(finding: Finding<Report>): Promise<Report> {
    const { runId, method, startedAt, config } = this;
    const endedAt = new Date().toISOString();
    const startedFrom = this.opened.map(
      ({ reference, name, modelKey, weightsHash }): NamedModel => ({
        reference,
        name,
        modelKey,
        weightsHash,
      }),
    );
    const report = {
      runId,
      method,
      name: config.name,
      startedAt,
      endedAt,
      ...(startedFrom.length > 0 && { startedFrom }),
      ...finding,
    };
    const written = await this.quick('write the report', (activities) =>
      activities.writeMethodReport({ ...this.input, report: report as unknown as Omit<Report, 'reportKey'> }),
    );
    return written as Report;
  }

  /** What goes on after continue-as-new. */
  carriedOn(state: unknown): NonNullable<MethodInput['continued']> {
    return { startedAt: this.startedAt, stages: this.stages, paused: this.pause.isOn, state };
  }

  /** Shows how the work ended. */
  untilClosed<T>(work: () => Promise<T>): Promise<T> {
    return untilClosed(work, (status) => {
      this.status = status;
      this.tell();
    });
  }

  private tell(): void {
    this.publish(this.progress());
  }

  private progress(): MethodProgress<Config> {
    const { runId, method, config, stages, dataset, children, startedAt, status } = this;
    // A pause sent before the work began is heard while it is being opened.
    const paused = this.pause?.isOn ?? false;
    return {
      runId,
      method,
      config,
      status: paused && status === 'running' ? 'paused' : status,
      paused,
      stages,
      ...(dataset && { dataset }),
      children,
      ...(this.details && { details: this.details() }),
      startedAt,
    };
  }
}

/** A method's workflow out of its algorithm. */
export function method<Config extends RunBase, Report extends MethodReport>(
  name: MethodName,
  algorithm: (run: MethodRun<Config>, input: MethodInput<Config>) => Promise<Report>,
): (input: MethodInput<Config>) => Promise<Report> {
  return (input) => {
    const run = new MethodRun(name, input);
    return run.untilClosed(() => algorithm(run, input));
  };
}
