import type { Compression, CompressionOfModel } from '../../domain/methods/distill.js';
import { predictedClasses } from '../evaluation/predicted-classes.js';

/** A model on the images that both are compared on. */
export interface ComparedModel extends Omit<CompressionOfModel, 'accuracy'> {
  /** [images, classes] probabilities. */
  readonly predictions: Float32Array;
}

function shareOf(count: number, matches: (index: number) => boolean): number {
  let matching = 0;
  for (let index = 0; index < count; index++) if (matches(index)) matching++;
  return matching / count;
}

/**
 * What is left of a teacher in its student. Of several teachers, sizes are sums and speed is that of asking all.
 * @param labels [images] true classes
 * @throws RangeError when the predictions are not of these images, or there are none
 */
export function compressionOf(
  teacher: ComparedModel,
  student: ComparedModel,
  labels: Int32Array,
  classes: number,
): Compression {
  const images = labels.length;
  const says = [teacher, student].map(({ predictions }) => predictedClasses(predictions, classes));
  if (images === 0 || says.some(({ length }) => length !== images)) {
    throw new RangeError(
      `predictions: received ${says.map(({ length }) => length).join(' and ')}, expected ${images}, one for each of at least one image`,
    );
  }
  const [teacherSays, studentSays] = says as [Int32Array, Int32Array];
  const measured = ({ predictions: _, ...model }: ComparedModel, said: Int32Array): CompressionOfModel => ({
    ...model,
    accuracy: shareOf(images, (image) => said[image] === labels[image]),
  });
  const of = { teacher: measured(teacher, teacherSays), student: measured(student, studentSays) };
  return {
    ...of,
    images,
    parameterRatio: teacher.parameters / student.parameters,
    sizeRatio: teacher.bytes / student.bytes,
    speedRatio: student.imagesPerSecond / teacher.imagesPerSecond,
    agreement: shareOf(images, (image) => teacherSays[image] === studentSays[image]),
    accuracyKept: of.teacher.accuracy === 0 ? 0 : of.student.accuracy / of.teacher.accuracy,
    accuracyLost: of.teacher.accuracy - of.student.accuracy,
  };
}
