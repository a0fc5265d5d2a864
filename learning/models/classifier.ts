import type { ImageShape } from '../../domain/records.js';
import type { Program } from '../../engine/compile/program.js';
import { type TensorFlow, tf } from '../../engine/tensorflow.js';

/** Class probabilities [size * classes] of packed images [size, height, width, channels]. */
export type Classifier = (pixels: Uint8Array, size: number) => Promise<Float32Array>;

/** What a network says in inference mode, as a function of the program that has its variables. */
export function classifierOf(
  program: Program,
  logits: TensorFlow.LayersModel,
  { height, width, channels }: ImageShape,
): Classifier {
  const scores = program.compile(({ pixels }) => ({
    probabilities: tf.softmax(logits.apply(pixels!, { training: false }) as TensorFlow.Tensor2D),
  }));
  return async (values, size) => {
    const outputs = await scores.runAsync({ pixels: { values, shape: [size, height, width, channels] } });
    const probabilities = outputs['probabilities']!.dataSync() as Float32Array;
    tf.dispose(outputs);
    return probabilities;
  };
}
