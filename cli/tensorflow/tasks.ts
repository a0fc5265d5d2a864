import type { NetworkCheck } from '../../learning/models/count-parameters.js';
import type { SerializedError } from '../../worker/activity/serialized-error.js';
import type { PredictionInput } from './predict-pixels.js';

/** The tasks of TensorFlow's child process. */
export const tasks = {
  /** Builds networks, which checks their configuration, and counts their parameters. */
  countParameters: async (networks: readonly NetworkCheck[]): Promise<number[]> =>
    (await import('../../learning/models/count-parameters.js')).countParameters(networks),
  /** Reads a saved LayersModel that another program has written. */
  foreignModel: async (path: string) =>
    (await import('../../learning/models/foreign-model.js')).foreignModel(path, 'teacher.from'),
  /** Class probabilities [images * classes] of decoded pictures, row by row. */
  predictPixels: async (input: PredictionInput): Promise<Float32Array> =>
    (await import('./predict-pixels.js')).predictPixels(input),
};

export type EngineTasks = typeof tasks;

export type EngineResult<Name extends keyof EngineTasks> =
  | { readonly kind: 'done'; readonly output: Awaited<ReturnType<EngineTasks[Name]>> }
  | { readonly kind: 'failed'; readonly error: SerializedError };
