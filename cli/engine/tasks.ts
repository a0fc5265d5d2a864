import type { NetworkQuestion } from '../../learning/models/count-parameters.js';
import type { SerializedError } from '../../worker/step/serialized-error.js';
import type { PredictionQuestion } from './predict-pixels.js';

/** What can be asked of TensorFlow's process. */
export const tasks = {
  /** Builds networks to see whether they can be, and how large they are. */
  countParameters: async (networks: readonly NetworkQuestion[]): Promise<number[]> =>
    (await import('../../learning/models/count-parameters.js')).countParameters(networks),
  /** A saved LayersModel that was made elsewhere, and what can be known of it. */
  foreignModel: async (path: string) =>
    (await import('../../learning/models/foreign-model.js')).foreignModel(path, 'teacher.from'),
  /** Class probabilities [images * classes] of decoded pictures, row by row. */
  predictPixels: async (question: PredictionQuestion): Promise<Float32Array> =>
    (await import('./predict-pixels.js')).predictPixels(question),
};

export type EngineTasks = typeof tasks;

export type EngineAnswer<Name extends keyof EngineTasks> =
  | { readonly kind: 'done'; readonly output: Awaited<ReturnType<EngineTasks[Name]>> }
  | { readonly kind: 'failed'; readonly error: SerializedError };
