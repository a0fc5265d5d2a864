import { outputOrders } from '../../domain/class-order.js';
import { DataError } from '../../domain/errors.js';
import { expectTeacher } from '../../domain/expect-same-task.js';
import type { DistillConfig } from '../../domain/methods/distill.js';
import type { ArtifactKey, DatasetRecord, Evaluation, OpenedModel } from '../../domain/records.js';
import type { RecordedResponses } from '../../domain/training-plan.js';
import { type ImageSet, labelsOf } from '../../learning/datasets/image-set.js';
import { openDataset } from '../../learning/datasets/open.js';
import { recordResponses } from '../../learning/distillation/record-responses.js';
import { evaluate } from '../../learning/evaluation/evaluate.js';
import { countParameters } from '../../learning/models/count-parameters.js';
import { networkChecks } from '../../learning/models/network-checks.js';
import { writeFloats } from '../../storage/floats.js';
import { modelKeys } from '../../storage/keys.js';
import { readModel } from '../../storage/models.js';
import { writeEvaluation } from '../../storage/runs.js';
import type { ActivityContext } from '../context.js';
import { imageProgress } from '../image-progress.js';
import type { RunActivityInput } from '../run-input.js';
import { imagesPredicted, type LearntSplit, splitsPredicted } from './images-predicted.js';

export interface PredictWithTeachersInput extends RunActivityInput<DistillConfig> {
  readonly dataset: DatasetRecord;
  readonly teachers: readonly OpenedModel[];
}

/** The mean predictions of all teachers. */
export interface TeacherPredictions {
  /** For the images to learn from, if predictions are recorded. */
  readonly responses?: RecordedResponses;
  readonly validation: Evaluation;
  readonly studentParameters: number;
  /** Float32 [images, classes] probabilities of each split that has images. */
  readonly predictionKeys: Readonly<Partial<Record<'validation' | 'test', ArtifactKey>>>;
}

function expectImages(config: DistillConfig, { counts }: DatasetRecord): void {
  if (config.learnFrom === 'labels' || counts.unlabelled > 0) return;
  throw new DataError(
    `data.unlabelled: received no images, expected some to learn from (learnFrom: ${config.learnFrom}): set data.unlabelled, or data.labelsPerClass so that other labelled images count as unlabelled, or set learnFrom to labels`,
  );
}

/**
 * Evaluates the mean prediction of the teachers and records it for the images to learn from, if configured. Predictions
 * have the data's class order.
 * @throws ModelError if a teacher's classes or image shape differ from the data's, or its classes are separate tasks, or
 *   if the student's network can't be built
 * @throws DataError if there are no unlabelled images to learn from
 */
export async function predictWithTeachers(
  { runId, config, dataset, teachers }: PredictWithTeachersInput,
  context: ActivityContext,
): Promise<TeacherPredictions> {
  const { store, signal } = context;
  for (const [index, teacher] of teachers.entries()) expectTeacher(`teachers[${index}]`, teacher, dataset);
  expectImages(config, dataset);
  // Builds the network before the long work, to fail early.
  const [studentParameters] = await countParameters(networkChecks(config, dataset));
  const { measured, recorded, all } = splitsPredicted(config, dataset);
  const { onShard, onProgress, endPart } = imageProgress(context, imagesPredicted(config, dataset));
  const images = await openDataset(dataset, store, {
    imagesToRead: (positions) => all.map((split) => positions[split]),
    onShard,
  });
  const models = await Promise.all(teachers.map(({ modelKey }) => readModel(store, modelKey)));
  const outputs = outputOrders(dataset.classes, teachers);
  const predict = async (of: ImageSet, how: { temperature: number; targets?: 'soft' | 'hard' }) => {
    const { responses } = await recordResponses({ models, outputs, images: of, signal, onProgress, ...how });
    endPart(of.count);
    return responses;
  };

  const keys = modelKeys(runId, 'teachers');
  const classes = dataset.classes.length;
  const predictionKeys: Partial<Record<'validation' | 'test', string>> = {};
  let validation: TeacherPredictions['validation'] | undefined;
  for (const split of measured) {
    const predictions = await predict(images[split], { temperature: 1 });
    predictionKeys[split] = (await writeFloats(store, keys.predictions(split), predictions)).key;
    const full = evaluate(predictions, labelsOf(images[split]), classes);
    const evaluation = await writeEvaluation(store, keys.evaluation(split), full);
    if (split === 'validation') validation = evaluation;
  }
  const record = async (part: LearntSplit) =>
    writeFloats(store, keys.responses(part), await predict(images[part], config));
  const responses: RecordedResponses | false = recorded.length > 0 && {
    width: classes,
    ...(recorded.includes('labelled') && { labelled: await record('labelled') }),
    ...(recorded.includes('unlabelled') && { unlabelled: await record('unlabelled') }),
  };
  return {
    predictionKeys,
    validation: validation!,
    studentParameters: studentParameters!,
    ...(responses && { responses }),
  };
}
