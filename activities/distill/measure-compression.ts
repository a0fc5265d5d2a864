import type { Compression, DistillReport } from '../../domain/methods/distill.js';
import type { TrainedModel } from '../../domain/records.js';
import { parametersOf } from '../../domain/stored-model.js';
import { labelsOf } from '../../learning/datasets/image-set.js';
import { openDataset } from '../../learning/datasets/open.js';
import { compressionOf } from '../../learning/distillation/compression.js';
import { measureSpeeds } from '../../learning/distillation/speed.js';
import { predict } from '../../learning/models/predict.js';
import { readFloats } from '../../storage/floats.js';
import { modelBytes, readModel } from '../../storage/models.js';
import type { ActivityContext } from '../context.js';
import { imageProgress } from '../image-progress.js';
import type { PredictWithTeachersInput, TeacherPredictions } from './predict-with-teachers.js';

export interface MeasureCompressionInput extends PredictWithTeachersInput {
  readonly teacherPredictions: Pick<TeacherPredictions, 'predictionKeys'>;
  readonly student: Pick<TrainedModel, 'modelKey'>;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** Compares the student with its teachers on validation images, and on test images if there are any. */
export async function measureCompression(
  { dataset, teachers, teacherPredictions, student }: MeasureCompressionInput,
  context: ActivityContext,
): Promise<Pick<DistillReport, 'validation' | 'test'>> {
  const { store, signal } = context;
  const total = dataset.counts.validation + dataset.counts.test;
  const { onShard, onProgress, endPart } = imageProgress(context, total);
  const keys = [...teachers, student].map(({ modelKey }) => modelKey);
  const models = await Promise.all(keys.map((key) => readModel(store, key)));
  const bytes = await Promise.all(keys.map((key, at) => modelBytes(store, key, models[at]!)));
  const [small, large] = [models.at(-1)!, models.slice(0, -1)];
  const speeds = await measureSpeeds(models, {
    image: dataset.image,
    signal,
    onProgress: onShard,
  });
  // Several teachers predict one after the other.
  const secondsOfTeachers = sum(speeds.slice(0, -1).map((speed) => 1 / speed));
  const sizes = {
    teacher: {
      parameters: sum(large.map(parametersOf)),
      bytes: sum(bytes.slice(0, -1)),
      imagesPerSecond: 1 / secondsOfTeachers,
    },
    student: {
      parameters: parametersOf(small),
      bytes: bytes.at(-1)!,
      imagesPerSecond: speeds.at(-1)!,
    },
  };
  const classes = dataset.classes.length;
  const images = await openDataset(dataset, store, {
    imagesToRead: ({ validation, test }) => [validation, test],
    onShard,
  });
  const on = async (split: 'validation' | 'test'): Promise<Compression> => {
    const { [split]: of } = images;
    const predictions = {
      teacher: await readFloats(store, teacherPredictions.predictionKeys[split]!, of.count * classes),
      student: await predict({ model: small, images: of, signal, onProgress }),
    };
    endPart(of.count);
    return compressionOf(
      { ...sizes.teacher, predictions: predictions.teacher },
      { ...sizes.student, predictions: predictions.student },
      labelsOf(of),
      classes,
    );
  };
  const validation = await on('validation');
  if (!teacherPredictions.predictionKeys.test) return { validation };
  return { validation, test: await on('test') };
}
