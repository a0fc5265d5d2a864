import { Program } from '../../engine/compile/program.js';
import { softmaxCrossEntropy } from '../../engine/softmax-cross-entropy.js';
import { type TensorFlow, tf } from '../../engine/tensorflow.js';
import { oneHot } from '../models/one-hot.js';
import type { HeadWeights } from '../models/start.js';
import { type Evaluated, type MinimiseOptions, minimise } from './minimise.js';
import { forRawFeatures, scalesOf, standardised } from './standardise.js';

/** A model's features of labelled images. */
export interface LabelledFeatures {
  /** [images * width], row by row */
  readonly features: Float32Array;
  readonly width: number;
  /** [images] classes */
  readonly labels: Int32Array;
}

export interface FittedRegression {
  readonly weights: HeadWeights;
  /** The weights for standardised features; the next fit may start from them. */
  readonly point: Float64Array;
  readonly iterations: number;
  readonly converged: boolean;
}

/** Multinomial logistic regression on one data set with any weight decays. The caller disposes it. */
export interface Regression {
  /**
   * Minimises mean cross-entropy + weightDecay / 2 * |kernel|^2 on features standardised to mean 0 and deviation 1. The
   * bias has no penalty. scikit-learn's C is 1 / (images * weightDecay).
   */
  fit(weightDecay: number, from?: Float64Array): Promise<FittedRegression>;
  dispose(): void;
}

/** Opens a regression. All images are in memory: a few hundred bytes of features each. */
export function openRegression(
  { features, width, labels }: LabelledFeatures,
  classes: number,
  options: Pick<MinimiseOptions, 'signal' | 'onIteration'> = {},
): Regression {
  const images = labels.length;
  const scales = scalesOf(features, width);
  const inputs = constant(tf.tensor2d(standardised(features, scales), [images, width]));
  const targets = constant(tf.tensor2d(oneHot(labels, classes), [images, classes]));
  const program = new Program([inputs, targets]);
  const evaluate = program.compile(({ kernel, bias, weightDecay }) => {
    const logits = tf.add(tf.matMul(inputs, kernel as TensorFlow.Tensor2D), bias!) as TensorFlow.Tensor2D;
    const errors = tf.div(tf.sub(tf.softmax(logits), targets), images) as TensorFlow.Tensor2D;
    const penalty = tf.mul(tf.div(weightDecay!, 2), tf.sum(tf.square(kernel!)));
    return {
      value: tf.add(tf.mean(softmaxCrossEntropy(logits, targets)), penalty),
      kernel: tf.add(tf.matMul(inputs, errors, true), tf.mul(kernel!, weightDecay!)),
      bias: tf.sum(errors, 0),
    };
  });
  const size = width * classes;
  const evaluated = async (point: Float64Array, weightDecay: number): Promise<Evaluated> => {
    const outputs = await evaluate.runAsync({
      kernel: { values: Float32Array.from(point.subarray(0, size)), shape: [width, classes] },
      bias: { values: Float32Array.from(point.subarray(size)), shape: [classes] },
      weightDecay: { values: Float32Array.of(weightDecay), shape: [] },
    });
    const gradient = new Float64Array(size + classes);
    gradient.set(outputs['kernel']!.dataSync());
    gradient.set(outputs['bias']!.dataSync(), size);
    const value = outputs['value']!.dataSync()[0]!;
    tf.dispose(outputs);
    return { value, gradient };
  };
  return {
    async fit(weightDecay, from = new Float64Array(size + classes)) {
      const found = await minimise((point) => evaluated(point, weightDecay), from, options);
      const { point, iterations, converged } = found;
      const parts = { kernel: point.subarray(0, size), bias: point.subarray(size) };
      return { weights: forRawFeatures(parts, scales), point, iterations, converged };
    },
    dispose() {
      program.dispose();
      tf.dispose([inputs, targets]);
    },
  };
}

function constant(initial: TensorFlow.Tensor2D): TensorFlow.Variable<TensorFlow.Rank.R2> {
  const variable = tf.variable(initial, false);
  initial.dispose();
  return variable;
}
