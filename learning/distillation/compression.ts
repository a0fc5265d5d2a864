import type { Compression, ModelMeasures } from '../../domain/methods/distill.js';
import { predictedClasses } from '../evaluation/predicted-classes.js';

/** A model and its predictions for the images of the comparison. */
export interface ComparedModel extends Omit<ModelMeasures, 'accuracy'> {
  /** [images, classes] probabilities. */
  readonly predictions: Float32Array;
}

function shareOf(count: number, matches: (index: number) => boolean): number {
  let matching = 0;
  for (let index = 0; index < count; index++) if (matches(index)) matching++;
  return matching / count;
}

/**
 * Compares a student with its teacher. Of several teachers, sizes are sums and the speed is that of running all.
 * @param labels [images] true classes
 * @throws RangeError when the predictions do not have a row per image, or there are no images
 */
export function compressionOf(
  teacher: ComparedModel,
  student: ComparedModel,
  labels: Int32Array,
  classes: number,
): Compression {
  const images = labels.length;
  const predicted = [teacher, student].map(({ predictions }) => predictedClasses(predictions, classes));
  if (images === 0 || predicted.some(({ length }) => length !== images)) {
    throw new RangeError(
      `predictions: received ${predicted.map(({ length }) => length).join(' and ')}, expected ${images}, one for each of at least one image`,
    );
  }
  const [byTeacher, byStudent] = predicted as [Int32Array, Int32Array];
  const measured = ({ predictions: _, ...model }: ComparedModel, predicted: Int32Array): ModelMeasures => ({
    ...model,
    accuracy: shareOf(images, (image) => predicted[image] === labels[image]),
  });
  const models = { teacher: measured(teacher, byTeacher), student: measured(student, byStudent) };
  return {
    ...models,
    images,
    parameterRatio: teacher.parameters / student.parameters,
    sizeRatio: teacher.bytes / student.bytes,
    speedRatio: student.imagesPerSecond / teacher.imagesPerSecond,
    agreement: shareOf(images, (image) => byTeacher[image] === byStudent[image]),
    accuracyKept: models.teacher.accuracy === 0 ? 0 : models.student.accuracy / models.teacher.accuracy,
    accuracyLost: models.teacher.accuracy - models.student.accuracy,
  };
}
