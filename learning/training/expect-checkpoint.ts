import { ModelError } from '../../domain/errors.js';
import type { StoredTensor } from '../../domain/training-state.js';

/** Name and shape of a network's variable. */
export interface VariableShape {
  readonly name: string;
  readonly shape: readonly number[];
}

const REMEDY =
  'the network is not the one that the checkpoint was saved with: restore the module as it was, or start a run with an id of its own';

const shapeText = (shape: readonly number[]) => `[${shape.join(', ')}]`;

/**
 * Compares the variables of a checkpoint with those of the network, in order. Names are for the message only: tfjs
 * numbers unnamed layers through the whole process, so the same network may have other names in another attempt.
 * @throws ModelError that names the first variable with another shape
 */
export function expectSameVariables(
  received: readonly VariableShape[],
  expected: readonly VariableShape[],
): void {
  for (let index = 0; index < Math.max(received.length, expected.length); index++) {
    const [saved, own] = [received[index], expected[index]];
    const [savedShape, ownShape] = [saved, own].map((variable) =>
      variable ? `shape ${shapeText(variable.shape)}` : 'no such variable',
    );
    if (savedShape === ownShape) continue;
    const { name } = (own ?? saved)!;
    throw new ModelError(
      `checkpoint, variable ${index + 1} (${name}): received ${savedShape}, expected ${ownShape}: ${REMEDY}`,
    );
  }
}

/**
 * Compares the tensors of a checkpoint with the float32 vectors of a training.
 * @param lengths length of each vector by name
 * @throws ModelError that names the first tensor with another name, type or length
 */
export function expectSameTensors(
  tensors: readonly StoredTensor[],
  lengths: Readonly<Record<string, number>>,
): void {
  const received = new Set(tensors.map(({ name }) => name));
  const missing = Object.keys(lengths).find((name) => !received.has(name));
  if (missing) {
    throw new ModelError(
      `checkpoint: received no tensor ${missing}, expected one of ${lengths[missing]} values: ${REMEDY}`,
    );
  }
  for (const { name, dtype, shape, bytes } of tensors) {
    const length = lengths[name];
    if (length === undefined) {
      throw new ModelError(
        `checkpoint: received a tensor ${name}, expected only ${Object.keys(lengths).join(', ')}: ${REMEDY}`,
      );
    }
    if (dtype === 'float32' && shapeText(shape) === `[${length}]` && bytes.byteLength === 4 * length)
      continue;
    throw new ModelError(
      `checkpoint, tensor ${name}: received ${dtype} ${shapeText(shape)} in ${bytes.byteLength} bytes, expected float32 [${length}]: ${REMEDY}`,
    );
  }
}
