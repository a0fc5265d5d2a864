import { decodeMessage } from './messages.js';
import { nativeSessions } from './native.js';

interface Argument {
  readonly name: string;
  /** The attribute that holds its type, where that is not fixed. */
  readonly type_attr: string;
  /** The attribute that holds how many tensors of one type it is. */
  readonly number_attr: string;
  /** The attribute that holds the types of the tensors that it is. */
  readonly type_list_attr: string;
}

/** What an operation takes, as TensorFlow itself declares it. */
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

/** @returns undefined for an operation that this TensorFlow does not know */
export function operationDefinition(name: string): OperationDefinition | undefined {
  definitions ??= new Map(
    decodeMessage<{ op: OperationDefinition[] }>(
      'OperationList',
      new Uint8Array(nativeSessions().operations()),
    ).op.map((definition) => [definition.name, definition]),
  );
  return definitions.get(name);
}

/** How many inputs each argument takes: one, or all that are left for the one whose number is open. */
function spansOf({ input_arg }: OperationDefinition, inputs: number): number[] {
  const isOpen = ({ number_attr, type_list_attr }: Argument) => number_attr !== '' || type_list_attr !== '';
  const open = input_arg.filter(isOpen).length;
  const left = inputs - (input_arg.length - open);
  return input_arg.map((argument) => (isOpen(argument) ? left / open : 1));
}

/**
 * Attributes that eager execution infers and a graph must be told: the types of inputs and how many there are.
 * @param inputTypes TensorFlow's numbers, in the order of the inputs
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

/** Attributes that are neither given nor have a default. */
export function missingAttributes(definition: OperationDefinition, given: object): string[] {
  return definition.attr
    .filter(({ name, default_value }) => !(name in given) && !default_value)
    .map(({ name }) => name);
}
