import type { ImageShape } from '../../domain/records.js';
import type { StoredModel } from '../../domain/stored-model.js';
import { Program } from '../../engine/compile/program.js';
import { restrictToClasses } from '../evaluation/restrict-to-classes.js';
import { applyTemperature } from '../evaluation/temperature.js';
import { classifierOf } from './classifier.js';
import { inBatches, type LookAt, type LookRequest } from './in-batches.js';
import { withoutSoftmax } from './logits.js';
import { restoreModel } from './serialisation.js';
import { variablesOf } from './variables.js';

export interface PredictionRequest extends LookRequest {
  readonly model: StoredModel;
  /** Of the probabilities, see {@link applyTemperature}; 1 where absent, which leaves them as they are. */
  readonly temperature?: number;
  /** Numbers of the only classes that are considered, see {@link among}; all of them where absent. */
  readonly only?: readonly number[] | undefined;
}

/** A model that is ready to look at images, one batch after the other. */
export interface OpenClassifier {
  /** To class probabilities. */
  readonly classify: LookAt;
  readonly classes: number;
  dispose(): void;
}

/** @param image of every image that it will look at */
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
 * What a model says of clean images.
 * @returns [count * classes] probabilities, row by row
 * @throws RangeError when none of the classes is considered, or one that the model does not have
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
