import { ModelError } from '../../domain/errors.js';
import type { StoredModel } from '../../domain/stored-model.js';
import { type TensorFlow, tf } from '../../engine/tensorflow.js';
import { withoutSoftmax } from '../models/logits.js';
import { restoreModel } from '../models/serialisation.js';
import { variablesOf } from '../models/variables.js';

/** One or several networks that answer together, in inference mode. To be disposed of. */
export interface Teachers {
  readonly classes: number;
  /** What they read. They are never moved. */
  readonly variables: readonly TensorFlow.Variable[];
  /** Their logits without softmax, by teacher. */
  readonly networks: readonly TensorFlow.LayersModel[];
  /**
   * Mean of their softmax(logits / temperature).
   * @param pixels [rows, height, width, channels]
   * @returns [rows, classes]
   */
  answers(pixels: TensorFlow.Tensor, temperature: number): TensorFlow.Tensor2D;
  dispose(): void;
}

function classesOf(network: TensorFlow.LayersModel): number {
  return network.outputs[0]!.shape.at(-1)!;
}

function expectAlike(networks: readonly TensorFlow.LayersModel[]): void {
  if (networks.length === 0) throw new ModelError('teachers: received none, expected at least one');
  const first = networks[0]!;
  for (const [index, network] of networks.entries()) {
    if (classesOf(network) !== classesOf(first)) {
      throw new ModelError(
        `teachers[${index}]: received ${classesOf(network)} classes, expected ${classesOf(first)} as the first teacher has`,
      );
    }
    const [shape, expected] = [network, first].map(({ inputs }) => JSON.stringify(inputs[0]!.shape));
    if (shape !== expected) {
      throw new ModelError(
        `teachers[${index}]: received the input ${shape}, expected ${expected} as the first teacher has`,
      );
    }
  }
}

/**
 * Opens teachers. Their answers can be asked for in any program that has {@link Teachers.variables}.
 * @throws ModelError when there is none, or they differ in classes or input
 */
export async function openTeachers(models: readonly StoredModel[]): Promise<Teachers> {
  const restored: TensorFlow.LayersModel[] = [];
  const dispose = () => {
    for (const model of restored) model.dispose();
  };
  try {
    for (const model of models) restored.push(await restoreModel(model));
    const networks = restored.map(withoutSoftmax);
    expectAlike(networks);
    return {
      classes: classesOf(networks[0]!),
      variables: networks.flatMap(({ weights }) => variablesOf(weights)),
      networks,
      answers(pixels, temperature) {
        const each = networks.map((network) => {
          const logits = network.apply(pixels, { training: false }) as TensorFlow.Tensor2D;
          return tf.softmax(temperature === 1 ? logits : (tf.div(logits, temperature) as TensorFlow.Tensor2D));
        });
        return each.length === 1 ? each[0]! : (tf.div(tf.addN(each), each.length) as TensorFlow.Tensor2D);
      },
      dispose,
    };
  } catch (error) {
    dispose();
    throw error;
  }
}
