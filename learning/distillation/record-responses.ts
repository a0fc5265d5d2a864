import type { StoredModel } from '../../domain/stored-model.js';
import { Program } from '../../engine/compile/program.js';
import { predictedClasses } from '../evaluation/predicted-classes.js';
import { expectTemperature } from '../evaluation/temperature.js';
import { compileForImages } from '../models/compile-for-images.js';
import { type BatchedRequest, inBatches } from '../models/in-batches.js';
import { type OutputOrders, openTeachers } from './teachers.js';

export interface ResponseRequest extends BatchedRequest {
  readonly models: readonly StoredModel[];
  /** Which output of each model each class is, where they number their classes otherwise than the answers are to. */
  readonly outputs?: OutputOrders | undefined;
  /** Above 0. */
  readonly temperature: number;
  /** hard: 1 for the most probable class, 0 for all others. */
  readonly targets?: 'soft' | 'hard';
}

/** [rows, classes] probabilities as one-hot rows of their most probable classes. */
function hardened(probabilities: Float32Array, classes: number): Float32Array {
  const hard = new Float32Array(probabilities.length);
  predictedClasses(probabilities, classes).forEach((best, row) => {
    hard[row * classes + best] = 1;
  });
  return hard;
}

/**
 * What a teacher says of clean images, once and for all: softmax(logits / temperature), of several teachers the mean.
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
  const ask = compileForImages(
    program,
    request.images.shape,
    (pixels) => teachers.predict(pixels, temperature).probabilities,
  );
  try {
    const soft = await inBatches(ask, teachers.classes, request);
    return {
      responses: targets === 'soft' ? soft : hardened(soft, teachers.classes),
      width: teachers.classes,
    };
  } finally {
    program.dispose();
    teachers.dispose();
  }
}
