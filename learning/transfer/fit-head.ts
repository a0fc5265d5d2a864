import type { FullEvaluation } from '../../domain/records.js';
import { evaluate } from '../evaluation/evaluate.js';
import type { HeadWeights } from '../models/start.js';
import { eventLoopYielder, NO_YIELD, type YieldToEventLoop } from '../yield-to-event-loop.js';
import { type LabelledFeatures, openRegression } from './logistic-regression.js';

/** The reasonable range for features of standard deviation 1. */
export const WEIGHT_DECAYS: readonly number[] = [1, 0.3, 0.1, 0.03, 0.01, 3e-3, 1e-3, 1e-4, 1e-5];

export interface FitHeadRequest {
  readonly labelled: LabelledFeatures;
  /** Chooses the weight decay. */
  readonly validation: LabelledFeatures;
  readonly classes: number;
  readonly weightDecays?: readonly number[];
  readonly signal?: AbortSignal | undefined;
  /** Called at every iteration with the number of finished fits. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** A weight decay and its evaluation on validation. */
export interface HeadTrial {
  readonly weightDecay: number;
  readonly accuracy: number;
  readonly loss: number;
}

export interface FittedHead {
  readonly weights: HeadWeights;
  readonly weightDecay: number;
  /** Iterations of the fit with that weight decay, which started from the fit before. */
  readonly iterations: number;
  readonly trials: readonly HeadTrial[];
  readonly validation: FullEvaluation;
  /** [images * classes] probabilities on validation. */
  readonly predictions: Float32Array;
  /** Best accuracy on the training images, over all weight decays. Below 1, the features do not separate the classes. */
  readonly trainingAccuracy: number;
}

/**
 * Fits a last layer for frozen features: multinomial logistic regression with the weight decay that is best on
 * validation (by accuracy, then by loss; the stronger of equals).
 * @throws RangeError when there are no images, or no weight decays
 * @throws the signal's reason when aborted
 */
export async function fitHead(request: FitHeadRequest): Promise<FittedHead> {
  const { labelled, validation, classes, signal, onProgress } = request;
  // Strongest first, since each fit starts from the one before.
  const weightDecays = [...(request.weightDecays ?? WEIGHT_DECAYS)].sort((a, b) => b - a);
  let done = 0;
  const onIteration = () => onProgress?.(done, weightDecays.length);
  const yieldToEventLoop = eventLoopYielder(signal, onIteration);
  const regression = openRegression(labelled, classes, { onIteration, signal });
  const trials: HeadTrial[] = [];
  let best: Omit<FittedHead, 'trials' | 'trainingAccuracy'> | undefined;
  let trainingAccuracy = 0;
  try {
    let from: Float64Array | undefined;
    for (const weightDecay of weightDecays) {
      const { weights, point, iterations } = await regression.fit(weightDecay, from);
      from = point;
      const predictions = await headProbabilities(validation, weights, yieldToEventLoop);
      const measured = evaluate(predictions, validation.labels, classes);
      trials.push({ weightDecay, accuracy: measured.accuracy, loss: measured.loss });
      if (!best || isBetter(measured, best.validation)) {
        best = { weights, weightDecay, iterations, validation: measured, predictions };
      }
      const onTraining = evaluate(
        await headProbabilities(labelled, weights, yieldToEventLoop),
        labelled.labels,
        classes,
      );
      trainingAccuracy = Math.max(trainingAccuracy, onTraining.accuracy);
      onProgress?.(++done, weightDecays.length);
    }
  } finally {
    regression.dispose();
  }
  if (!best) throw new RangeError('weightDecays: received none, expected at least one');
  return { ...best, trials, trainingAccuracy };
}

function isBetter(some: FullEvaluation, other: FullEvaluation): boolean {
  return some.accuracy > other.accuracy || (some.accuracy === other.accuracy && some.loss < other.loss);
}

/** Products between two yields to the event loop: tens of milliseconds. */
const PRODUCTS_PER_YIELD = 2 ** 25;

/**
 * Applies a dense layer and softmax to features.
 * @returns [images * classes] probabilities
 */
export async function headProbabilities(
  { features, width }: Pick<LabelledFeatures, 'features' | 'width'>,
  { kernel, bias }: HeadWeights,
  yieldToEventLoop: YieldToEventLoop = NO_YIELD,
): Promise<Float32Array> {
  const classes = bias.length;
  const images = features.length / width;
  const probabilities = new Float32Array(images * classes);
  const between = Math.ceil(PRODUCTS_PER_YIELD / (width * classes));
  for (let image = 0; image < images; image++) {
    if (image % between === 0) await yieldToEventLoop();
    const logits = Float64Array.from(bias);
    for (let feature = 0; feature < width; feature++) {
      const value = features[image * width + feature]!;
      for (let label = 0; label < classes; label++)
        logits[label]! += value * kernel[feature * classes + label]!;
    }
    const highest = logits.reduce((most, logit) => Math.max(most, logit));
    const powers = logits.map((logit) => Math.exp(logit - highest));
    const sum = powers.reduce((total, power) => total + power);
    powers.forEach((power, label) => {
      probabilities[image * classes + label] = power / sum;
    });
  }
  return probabilities;
}
