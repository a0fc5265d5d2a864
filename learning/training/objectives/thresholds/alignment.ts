import type { ThresholdConfig } from '../../../../domain/config/consistency.js';
import { tf } from '../../../../engine/tensorflow.js';
import { updatedAverage } from './running-average.js';
import type { ImageCounts, Matrix, Tensors, Vector } from './threshold-rule.js';

const LEAST_SHARE = 1e-12;

/** How frequent each class is among labelled images. */
export function sharesOf(labelsPerClass: readonly number[]): Float32Array {
  const all = labelsPerClass.reduce((sum, count) => sum + count, 0);
  return Float32Array.from(labelsPerClass, (count) => count / all);
}

/**
 * Distribution alignment (ReMixMatch, Berthelot et al. 2020, section 3.1): probabilities times the classes' shares
 * among the labels, over the average of what has been predicted, normalised. The average takes the step in first. It
 * begins at 0: that it is too small at first is the same for all classes, and normalised away.
 */
export function alignment({ momentum }: ThresholdConfig, { labelsPerClass }: ImageCounts) {
  const target = sharesOf(labelsPerClass);
  return {
    memory: { 'alignment-classes': new Float32Array(labelsPerClass.length) },
    align(probabilities: Matrix, memory: Tensors) {
      const said = updatedAverage(memory['alignment-classes']!, tf.mean(probabilities, 0), momentum);
      const ratio = tf.div(tf.tensor1d(target), tf.maximum(said, LEAST_SHARE)) as Vector;
      const aligned = tf.mul(probabilities, ratio);
      return {
        probabilities: tf.div(aligned, tf.sum(aligned, 1, true)) as Matrix,
        memory: { 'alignment-classes': said },
      };
    },
  };
}
