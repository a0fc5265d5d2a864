import { decodeMessage } from './messages.js';
import { nativeSessions } from './native.js';

interface Argument {
  readonly name: string;
  /** The attribute with the argument's type, if that is not fixed. */
  readonly type_attr: string;
  /** The attribute with the number of tensors, for a list of one type. */
  readonly number_attr: string;
  /** The attribute with the types of the tensors, for a list of several types. */
  readonly type_list_attr: string;
}

/** TensorFlow's definition of an operation (OpDef). */
export interface OperationDefinition {
  readonly name: string;
  readonly input_arg: readonly Argument[];
  readonly attr: ReadonlyArray<{
    readonly name: string;
    readonly type: string;
    readonly default_value?: object | null;
  }>;
  readonly is_stateful: boolean;
}

let definitions: ReadonlyMap<string, OperationDefinition> | undefined;

/** @returns undefined for an operation that TensorFlow does not have */
export function operationDefinition(name: string): OperationDefinition | undefined {
  definitions ??= new Map(
    decodeMessage<{ op: OperationDefinition[] }>(
      'OperationList',
      new Uint8Array(nativeSessions().operations()),
    ).op.map((definition) => [definition.name, definition]),
  );
  return definitions.get(name);
}

/** Returns the number of inputs of each argument: one, or an equal share of the rest for lists. */
function spansOf({ input_arg }: OperationDefinition, inputs: number): number[] {
  const isOpen = ({ number_attr, type_list_attr }: Argument) => number_attr !== '' || type_list_attr !== '';
  const open = input_arg.filter(isOpen).length;
  const left = inputs - (input_arg.length - open);
  return input_arg.map((argument) => (isOpen(argument) ? left / open : 1));
}

/**
 * Returns the attributes that eager execution infers and a graph needs: types and numbers of inputs.
 * @param inputTypes TensorFlow's type numbers, in the order of the inputs
 */
export function inferredAttributes(
  definition: OperationDefinition,
  inputTypes: readonly number[],
): Record<string, object> {
  const inferred: Record<string, object> = {};
  let first = 0;
  const spans = spansOf(definition, inputTypes.length);
  definition.input_arg.forEach(({ type_attr, number_attr, type_list_attr }, index) => {
    const types = inputTypes.slice(first, first + spans[index]!);
    first += spans[index]!;
    if (type_attr && types[0] !== undefined) inferred[type_attr] ??= { type: types[0] };
    if (number_attr) inferred[number_attr] ??= { i: types.length };
    if (type_list_attr) inferred[type_list_attr] ??= { list: { type: types } };
  });
  return inferred;
}

/** Returns the attributes that are not given and have no default. */
export function missingAttributes(definition: OperationDefinition, given: object): string[] {
  return definition.attr
    .filter(({ name, default_value }) => !(name in given) && !default_value)
    .map(({ name }) => name);
}
