import type { StoredModel } from '../../domain/stored-model.js';
import { Program } from '../../engine/compile/program.js';
import { predictedClasses } from '../evaluation/predicted-classes.js';
import { expectTemperature } from '../evaluation/temperature.js';
import { compileForImages } from '../models/compile-for-images.js';
import { type BatchedRequest, inBatches } from '../models/in-batches.js';
import { oneHot } from '../models/one-hot.js';
import { type OutputOrders, openTeachers } from './teachers.js';

export interface ResponseRequest extends BatchedRequest {
  readonly models: readonly StoredModel[];
  /** The output of each model for each class, when the models number the classes differently. */
  readonly outputs?: OutputOrders | undefined;
  /** Above 0. */
  readonly temperature: number;
  /** hard: 1 for the most probable class, 0 for all others. */
  readonly targets?: 'soft' | 'hard';
}

/**
 * Records the predictions of teachers for clean images: softmax(logits / temperature), the mean of several teachers.
 * @returns [count * width] row by row, and the width: the teachers' classes
 * @throws ModelError when there is no teacher, or they differ in classes or input
 * @throws RangeError when the temperature is not above 0
 */
export async function recordResponses({
  models,
  outputs,
  temperature,
  targets = 'soft',
  ...request
}: ResponseRequest): Promise<{ readonly responses: Float32Array; readonly width: number }> {
  expectTemperature(temperature);
  const teachers = await openTeachers(models, { outputs });
  const program = new Program([...teachers.variables], { frozen: true });
  const predict = compileForImages(
    program,
    request.images.shape,
    (pixels) => teachers.predict(pixels, temperature).probabilities,
  );
  try {
    const soft = await inBatches(predict, teachers.classes, request);
    return {
      responses:
        targets === 'soft' ? soft : oneHot(predictedClasses(soft, teachers.classes), teachers.classes),
      width: teachers.classes,
    };
  } finally {
    program.dispose();
    teachers.dispose();
  }
}
