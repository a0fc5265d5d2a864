import type { StoredModel } from '../../domain/stored-model.js';
import { Program } from '../../engine/compile/program.js';
import { type Classifier, classifierOf } from './classifier.js';
import { inBatches, type LookRequest } from './in-batches.js';
import { withoutSoftmax } from './logits.js';
import { restoreModel } from './serialisation.js';
import { variablesOf } from './variables.js';

export interface PredictionRequest extends LookRequest {
  readonly model: StoredModel;
}

/** Class probabilities [count * classes] of clean images. */
export function probabilitiesOf(
  classify: Classifier,
  classes: number,
  request: LookRequest,
): Promise<Float32Array> {
  return inBatches(classify, classes, request);
}

/**
 * What a model says of clean images.
 * @returns [count * classes] probabilities, row by row
 */
export async function predict({ model, ...request }: PredictionRequest): Promise<Float32Array> {
  const network = await restoreModel(model);
  const logits = withoutSoftmax(network);
  const program = new Program(variablesOf(logits.weights), { frozen: true });
  const classify = classifierOf(program, logits, request.images.shape);
  try {
    return await probabilitiesOf(classify, logits.outputs[0]!.shape.at(-1)!, request);
  } finally {
    program.dispose();
    network.dispose();
  }
}
