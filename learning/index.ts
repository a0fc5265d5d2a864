/** The package `apprentice/learning`: training, prediction and evaluation in a plain script, without Temporal. */

export type { ObjectiveSpec } from '../domain/objective-spec.js';
export type { StoredModel } from '../domain/stored-model.js';
export type { HeadPlan } from '../domain/training-plan.js';
export type { StoredTensor, TrainingState } from '../domain/training-state.js';
export { type ExampleKey, planOfExample } from './augmentation/policies/plan-of-example.js';
export { corrupt } from './corruptions/corrupt.js';
export { type CorruptionPlan, corruptedImages } from './corruptions/corrupted-images.js';
export type { ImageSet, SplitImages } from './datasets/image-set.js';
export { compressionOf } from './distillation/compression.js';
export { type ResponseRequest, recordResponses } from './distillation/record-responses.js';
export { measureSpeeds } from './distillation/speed.js';
export { type Calibration, measureCalibration } from './evaluation/calibration.js';
export { corruptionErrors } from './evaluation/corruption-errors.js';
export { evaluate } from './evaluation/evaluate.js';
export { type JudgeRequest, judge } from './evaluation/judge.js';
export { predictedClasses } from './evaluation/predicted-classes.js';
export { expectedCalibrationError, type Reliability, reliabilityBins } from './evaluation/reliability.js';
export { restrictToClasses } from './evaluation/restrict-to-classes.js';
export { measureRobustness, type RobustnessRequest } from './evaluation/robustness.js';
export { applyTemperature, fitTemperature } from './evaluation/temperature.js';
export { type Task, taskAccuracy } from './extension/task-accuracy.js';
export { type GapRequest, measureGap } from './gap/measure-gap.js';
export { type ChoiceRequest, chooseImagesToLabel } from './labelling/choose-images.js';
export { allowModulesIn } from './models/allowed-modules.js';
export { type Features, featuresOf } from './models/features.js';
export { withoutSoftmax } from './models/logits.js';
export { buildNetwork } from './models/network.js';
export { type OpenClassifier, openClassifier, type PredictionRequest, predict } from './models/predict.js';
export type { NetworkNeeds } from './models/residual.js';
export { loadSavedModel, restoreModel, storeModel } from './models/serialisation.js';
export { type HeadWeights, type StartNeeds, startFrom } from './models/start.js';
export type { PseudoLabels } from './pseudo-labels/pseudo-labels.js';
export { type Selection, type SelectionRequest, selectPseudoLabels } from './pseudo-labels/select.js';
export { generatePolicies, type PolicySearch } from './search/policies.js';
export { planRungs, rankTrials, selectSurvivors } from './search/rungs.js';
export { learningRate } from './training/schedule.js';
export {
  type SeriesPoint,
  type TrainingHooks,
  type TrainingJob,
  type TrainingOutcome,
  type TrainingProgress,
  train,
} from './training/train.js';
export { chooseMode } from './transfer/choose.js';
export { type FitHeadRequest, type FittedHead, fitHead } from './transfer/fit-head.js';
export { type TransferHeadRequest, type TransferredHead, transferHead } from './transfer/transfer-head.js';
