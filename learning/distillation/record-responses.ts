import type { StoredModel } from '../../domain/stored-model.js';
import { Program } from '../../engine/compile/program.js';
import { tf } from '../../engine/tensorflow.js';
import { predictedClasses } from '../evaluation/evaluate.js';
import { inBatches, type LookAt, type LookRequest } from '../models/in-batches.js';
import { type Outputs, openTeachers } from './teachers.js';

export interface ResponseRequest extends LookRequest {
  readonly models: readonly StoredModel[];
  /** Which output of each model each class is, where they number their classes otherwise than the answers are to. */
  readonly outputs?: Outputs | undefined;
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
 */
export async function recordResponses({
  models,
  outputs,
  temperature,
  targets = 'soft',
  ...request
}: ResponseRequest): Promise<{ readonly responses: Float32Array; readonly width: number }> {
  const teachers = await openTeachers(models, { outputs });
  const program = new Program([...teachers.variables], { frozen: true });
  const { height, width, channels } = request.images.shape;
  const answer = program.compile(({ pixels }) => ({
    answers: teachers.answer(pixels!, temperature).probabilities,
  }));
  const ask: LookAt = async (values, size) => {
    const said = await answer.runAsync({ pixels: { values, shape: [size, height, width, channels] } });
    const answers = said['answers']!.dataSync() as Float32Array;
    tf.dispose(said);
    return answers;
  };
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
