/** What the workflows may ask of the workers. Inputs and results are references and small metrics. */
import type { RunBase } from '../domain/config/base.js';
import type { ClassesNeeded } from '../domain/config/data.js';
import type { RunConfig } from '../domain/config.js';
import type { FitPlan } from '../domain/fit-plan.js';
import type { MethodReport, NamedModel, OpenedModel } from '../domain/methods.js';
import type {
  ArtifactKey,
  DatasetRecord,
  DatasetReference,
  Evaluation,
  ModelVersion,
  PseudoLabelRecord,
  PseudoLabelShard,
  ReigningChampion,
  RunReport,
  Superseded,
  TrainedModel,
  Verdict,
} from '../domain/records.js';
import type { DistillSteps } from './methods/distill-contract.js';
import type { ExtendSteps } from './methods/extend-contract.js';
import type { GapSteps } from './methods/gap-contract.js';
import type { LabelNextSteps } from './methods/label-next-contract.js';
import type { RobustnessActivities, RobustnessSteps } from './methods/robustness-contract.js';
import type { SearchActivities } from './methods/search-contract.js';
import type { TransferSteps } from './methods/transfer-contract.js';

/** Every activity knows its run and its whole configuration: a retry needs nothing else. */
export interface StepInput<Config extends RunBase = RunBase> {
  readonly runId: string;
  readonly config: Config;
}

export interface PrepareInput extends StepInput {
  /** Two where nothing is said. */
  readonly classesNeeded?: ClassesNeeded;
  /** Of a run whose teacher is not trained: it must suit the data, and no student be smaller. */
  readonly teacher?: OpenedModel;
}

export interface AdoptInput extends StepInput<RunConfig> {
  readonly dataset: DatasetRecord;
  readonly generation: number;
  readonly from: OpenedModel;
}

export interface TrainInput extends StepInput<RunConfig> {
  readonly dataset: DatasetRecord;
  readonly generation: number;
  /** Absent for the teacher. */
  readonly pseudoLabels?: PseudoLabelRecord;
  /** The model that labelled; the student must have at least as many parameters. */
  readonly teacher?: TrainedModel;
}

export interface PseudoLabelInput extends StepInput<RunConfig> {
  /** Not all of it, nor of the teacher: there may be a thousand shards, and a history holds the input of each. */
  readonly dataset: DatasetReference;
  readonly generation: number;
  readonly teacher: Pick<TrainedModel, 'modelKey'>;
  /** Position of the shard among the unlabelled images. */
  readonly first: number;
  readonly images: number;
}

export interface SelectInput extends StepInput<RunConfig> {
  readonly dataset: DatasetRecord;
  readonly generation: number;
  readonly shards: readonly PseudoLabelShard[];
}

export interface EvaluateInput extends StepInput {
  readonly dataset: DatasetRecord;
  readonly generation: number;
  readonly modelKey: ArtifactKey;
  readonly split: 'validation' | 'test';
}

/** What the gate needs of a model: its word on each validation image. */
export type Contestant = Pick<TrainedModel, 'validationPredictionsKey'>;

/** The validation images on which models are compared. */
export interface Contest {
  readonly dataset: DatasetRecord;
  /** Whose validation images count too; its classes are numbered alike. */
  readonly more?: DatasetRecord;
  /** How many of the classes, the first ones, have no images here: no answer is taken to be one of them. */
  readonly unseenClasses?: number;
}

export interface JudgeInput extends StepInput, Contest {
  readonly champion: Contestant;
  readonly challenger: Contestant;
}

export interface FindReigningInput extends StepInput {
  readonly dataset: DatasetRecord;
}

export interface MeasureReigningInput extends FindReigningInput {
  /** Measured on these validation images, too. */
  readonly more?: DatasetRecord;
  /** Its classes are those of the data set, in any order. */
  readonly reigning: Pick<ModelVersion, 'modelKey' | 'version' | 'classes'>;
}

export interface PromoteInput extends StepInput {
  readonly dataset: DatasetRecord;
  readonly model: TrainedModel;
  /** The model that it is a copy of, where it was not trained. */
  readonly from?: NamedModel;
  /** Absent where it was compared with nothing: the log says then what it replaces so. */
  readonly reason?: string;
  readonly by: string;
  /**
   * Version of the line's champion that it was compared with, null where there was none to compare with. Absent: it
   * enters whatever reigns by now, as a person or the configuration has said.
   */
  readonly met?: number | null;
}

export interface ReportInput extends StepInput<RunConfig> {
  readonly report: Omit<RunReport, 'reportKey'>;
}

export interface FitInput extends StepInput {
  readonly plan: FitPlan;
}

export interface OpenModelInput extends StepInput {
  /** A line, line@version, a run's id, or a folder with model.json. */
  readonly reference: string;
  /** Under which a model from outside the store is kept in the run. */
  readonly name: string;
  /** Of the configuration, that names it; in work from before it is not said. */
  readonly field?: string;
}

export interface MeasureInput extends StepInput {
  readonly dataset: DatasetRecord;
  /** Measured on the images of this data set, too, whose classes are numbered alike. */
  readonly more?: DatasetRecord;
  readonly modelKey: ArtifactKey;
  /** Of the measurement: where it is kept in the run. */
  readonly name: string;
  readonly split: 'validation' | 'test';
}

/** What a model is worth, with its word on each image. */
export interface MeasuredModel {
  readonly evaluation: Evaluation;
  /** Float32 [images, classes] probabilities, in split order. */
  readonly predictionsKey: ArtifactKey;
}

export interface MethodReportInput extends StepInput {
  readonly report: Omit<MethodReport, 'reportKey'>;
}

/** Served on the training task queue, see TRAINING_STEPS: each runs in a child process of a trainer worker. */
export interface TrainingActivities
  extends RobustnessSteps,
    TransferSteps,
    DistillSteps,
    ExtendSteps,
    GapSteps,
    LabelNextSteps {
  /** Decodes and packs the images (cached by content), fixes the split once, stores it. */
  prepareDataset(input: PrepareInput): Promise<DatasetRecord>;
  /** Trains to the end, or on from the last checkpoint. */
  trainModel(input: TrainInput): Promise<TrainedModel>;
  /** Makes a model that is there already the first generation: a copy of it, measured on validation. */
  adoptTeacher(input: AdoptInput): Promise<TrainedModel>;
  /** The teacher's probabilities for a range of the unlabelled images. */
  pseudoLabelShard(input: PseudoLabelInput): Promise<PseudoLabelShard>;
  evaluateModel(input: EvaluateInput): Promise<Evaluation>;
  /** The line's champion of an earlier run on this run's validation images. */
  measureReigning(input: MeasureReigningInput): Promise<ReigningChampion>;
  /** Trains by a plan to the end, to its stop, or on from the last checkpoint. */
  fitModel(input: FitInput): Promise<TrainedModel>;
  /** Finds a model by name; one from outside is copied into the run. */
  openModel(input: OpenModelInput): Promise<OpenedModel>;
  measureModel(input: MeasureInput): Promise<MeasuredModel>;
}

/** Served on the orchestration task queue: quick, no TensorFlow. */
export interface OrchestrationActivities extends SearchActivities, RobustnessActivities {
  /** Thresholds and balances what the shards hold. */
  selectPseudoLabels(input: SelectInput): Promise<PseudoLabelRecord>;
  /** The line's champion of an earlier run, where there is one to compare with. */
  findReigning(input: FindReigningInput): Promise<ModelVersion | null>;
  /** Compares champion and challenger on validation, image by image. */
  judge(input: JudgeInput): Promise<Verdict>;
  /** Appends to the model registry and moves its champion alias; asked twice, it promotes once. */
  promote(input: PromoteInput): Promise<ModelVersion | Superseded>;
  /** Writes the run's report and lineage. */
  writeReport(input: ReportInput): Promise<RunReport>;
  /** Writes what a method came to. */
  writeMethodReport(input: MethodReportInput): Promise<MethodReport>;
}
