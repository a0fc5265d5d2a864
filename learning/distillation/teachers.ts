import { ModelError } from '../../domain/errors.js';
import type { StoredModel } from '../../domain/stored-model.js';
import { type TensorFlow, tf } from '../../engine/tensorflow.js';
import { withFeatures } from '../models/features.js';
import { withoutSoftmax } from '../models/logits.js';
import { restoreModel } from '../models/serialisation.js';
import { variablesOf } from '../models/variables.js';

type Network = TensorFlow.LayersModel;
type Matrix = TensorFlow.Tensor2D;

export interface TeacherPredictions {
  /** [rows, classes] mean of the teachers' softmax(logits / temperature). */
  readonly probabilities: Matrix;
  /** [rows, width] inputs of the first teacher's last layer, if the teachers were opened with features. */
  readonly features?: Matrix;
}

/** One or several networks that predict together, in inference mode. The caller disposes them. */
export interface Teachers {
  readonly classes: number;
  /** [height, width, channels] of the images that they take; null accepts any size. */
  readonly inputShape: ReadonlyArray<number | null>;
  /** Their weights, which are never trained. */
  readonly variables: readonly TensorFlow.Variable[];
  /** @param pixels [rows, height, width, channels] */
  predict(pixels: TensorFlow.Tensor, temperature: number): TeacherPredictions;
  dispose(): void;
}

const shapeOf = ({ inputs }: Network) => JSON.stringify(inputs[0]!.shape);
const classesOf = ({ outputs }: Network) => outputs[0]!.shape.at(-1)!;

function expectAlike(networks: readonly Network[]): void {
  const [first, ...others] = networks;
  if (!first) throw new ModelError('teachers: received none, expected at least one');
  for (const [index, network] of others.entries()) {
    const name = `teachers[${index + 1}]`;
    if (classesOf(network) !== classesOf(first)) {
      throw new ModelError(
        `${name}: received ${classesOf(network)} classes, expected ${classesOf(first)}, as the first teacher has`,
      );
    }
    if (shapeOf(network) === shapeOf(first)) continue;
    throw new ModelError(
      `${name}: received an input of ${shapeOf(network)}, expected ${shapeOf(first)}, as the first teacher has`,
    );
  }
}

/** [networks, classes] the output of each network for each class. */
export type OutputOrders = ReadonlyArray<readonly number[]>;

function expectOutputs(outputs: OutputOrders, networks: readonly Network[]): void {
  networks.forEach((network, index) => {
    const classes = classesOf(network);
    const own = new Set(outputs[index]);
    const isWhole = own.size === classes && [...own].every((output) => output >= 0 && output < classes);
    if (isWhole && outputs[index]!.length === classes) return;
    throw new RangeError(
      `outputs[${index}]: received [${outputs[index]?.join(', ') ?? ''}], expected each of 0 to ${classes - 1} once`,
    );
  });
}

function inOrder(probabilities: Matrix, outputs: readonly number[] | undefined): Matrix {
  return outputs ? tf.gather(probabilities, tf.tensor1d([...outputs], 'int32'), 1) : probabilities;
}

function meanOf(tensors: readonly Matrix[]): Matrix {
  return tensors.length === 1 ? tensors[0]! : tf.div(tf.addN([...tensors]), tensors.length);
}

export interface TeachersOptions {
  /** Whether to return the first teacher's features too. */
  readonly features?: boolean;
  /** Needed when the teachers number the classes differently. */
  readonly outputs?: OutputOrders | undefined;
}

/**
 * Opens teachers. They run in any program that holds {@link Teachers.variables}.
 * @throws ModelError when there is none, they differ in classes or input, or the first one's features are not found
 * @throws RangeError when `outputs` does not have each output of a network once
 */
export async function openTeachers(
  models: readonly StoredModel[],
  { features = false, outputs }: TeachersOptions = {},
): Promise<Teachers> {
  const restored: Network[] = [];
  const dispose = () => {
    for (const model of restored) model.dispose();
  };
  try {
    for (const model of models) restored.push(await restoreModel(model));
    const networks = restored.map((model, index) =>
      features && index === 0 ? withFeatures(model) : withoutSoftmax(model),
    );
    expectAlike(networks);
    if (outputs) expectOutputs(outputs, networks);
    return {
      classes: classesOf(networks[0]!),
      inputShape: networks[0]!.inputs[0]!.shape.slice(1),
      variables: networks.flatMap(({ weights }) => variablesOf(weights)),
      predict(pixels, temperature) {
        const results = networks.map(
          (network) => [network.apply(pixels, { training: false })].flat() as Matrix[],
        );
        const probabilities = meanOf(
          results.map(([logits], index) =>
            inOrder(tf.softmax(tf.div(logits!, temperature) as Matrix), outputs?.[index]),
          ),
        );
        const [, firstFeatures] = results[0]!;
        return { probabilities, ...(firstFeatures && { features: firstFeatures }) };
      },
      dispose,
    };
  } catch (error) {
    dispose();
    throw error;
  }
}
