import type { ImageShape } from '../../domain/records.js';
import type { StoredModel } from '../../domain/stored-model.js';
import { Program } from '../../engine/compile/program.js';
import { restrictToClasses } from '../evaluation/restrict-to-classes.js';
import { applyTemperature } from '../evaluation/temperature.js';
import { classifierOf } from './classifier.js';
import { type BatchedRequest, type BatchFunction, inBatches } from './in-batches.js';
import { withoutSoftmax } from './logits.js';
import { restoreModel } from './serialisation.js';
import { variablesOf } from './variables.js';

export interface PredictionRequest extends BatchedRequest {
  readonly model: StoredModel;
  /** Temperature of the probabilities, see {@link applyTemperature}; 1 by default, which does not change them. */
  readonly temperature?: number;
  /** Numbers of the classes to consider, see {@link among}; all by default. */
  readonly only?: readonly number[] | undefined;
}

/** A model that is ready to classify images, one batch after the other. */
export interface OpenClassifier {
  /** Returns class probabilities. */
  readonly classify: BatchFunction;
  readonly classes: number;
  dispose(): void;
}

/** @param image shape of the images to classify */
export async function openClassifier(model: StoredModel, image: ImageShape): Promise<OpenClassifier> {
  const network = await restoreModel(model);
  const logits = withoutSoftmax(network);
  const program = new Program(variablesOf(logits.weights), { frozen: true });
  return {
    classify: classifierOf(program, logits, image),
    classes: logits.outputs[0]!.shape.at(-1)!,
    dispose() {
      program.dispose();
      network.dispose();
    },
  };
}

/**
 * Predicts clean images with a model.
 * @returns [count * classes] probabilities, row by row
 * @throws RangeError when `only` is empty, or has a class that the model does not have
 */
export async function predict({
  model,
  temperature = 1,
  only,
  ...request
}: PredictionRequest): Promise<Float32Array> {
  const opened = await openClassifier(model, request.images.shape);
  const { classify, classes } = opened;
  try {
    const calibrated = applyTemperature(await inBatches(classify, classes, request), temperature, classes);
    return only ? restrictToClasses(calibrated, classes, only) : calibrated;
  } finally {
    opened.dispose();
  }
}
