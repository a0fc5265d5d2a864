import type { ThresholdConfig } from '../../../../domain/config/consistency.js';
import { tf } from '../../../../engine/tensorflow.js';
import type { Matrix, Tensors, Vector } from '../../tensors.js';
import { updatedAverage } from './running-average.js';
import type { ImageCounts } from './threshold-rule.js';

const LEAST_SHARE = 1e-12;

/** Returns the share of each class among labelled images. */
function sharesOf(labelsPerClass: readonly number[]): Float32Array {
  const total = labelsPerClass.reduce((sum, count) => sum + count, 0);
  return Float32Array.from(labelsPerClass, (count) => count / total);
}

/**
 * Distribution alignment (ReMixMatch, Berthelot et al. 2020, section 3.1): multiplies probabilities by the classes'
 * shares among the labels, divides them by the running average of the predictions, and normalises. The average includes
 * the present step. It starts at 0: the bias is the same for all classes, so normalising removes it.
 */
export function alignment({ momentum }: ThresholdConfig, { labelsPerClass }: ImageCounts) {
  const target = sharesOf(labelsPerClass);
  return {
    memory: { 'alignment-classes': new Float32Array(labelsPerClass.length) },
    align(probabilities: Matrix, memory: Tensors) {
      const average = updatedAverage(memory['alignment-classes']!, tf.mean(probabilities, 0), momentum);
      const ratio = tf.div(tf.tensor1d(target), tf.maximum(average, LEAST_SHARE)) as Vector;
      const aligned = tf.mul(probabilities, ratio);
      return {
        probabilities: tf.div(aligned, tf.sum(aligned, 1, true)) as Matrix,
        memory: { 'alignment-classes': average },
      };
    },
  };
}
