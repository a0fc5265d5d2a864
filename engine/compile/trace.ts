import { nodeBackend } from '../binding.js';
import { type TensorFlow, tf } from '../tensorflow.js';
import { type GraphNode, graphAttribute } from './graph.js';
import { guardTrace } from './guard-trace.js';
import { assignsFrozen } from './not-traceable.js';
import { Recorder } from './recorder.js';
import { dataTypeOf, feedTypeOf, type Input, ownCopy, ownTensor } from './typed-input.js';

type Tensor = TensorFlow.Tensor;
type Variable = TensorFlow.Variable;
export type Named<T> = Readonly<Record<string, T>>;

/** A function of named tensors. Pure, except for assignments to its program's variables. */
export type TensorFunction = (inputs: Named<Tensor>) => Named<Tensor>;

export interface Trace {
  readonly nodes: readonly GraphNode[];
  /** Graph names of the inputs and outputs, by their names. */
  readonly inputs: Named<string>;
  readonly outputs: Named<string>;
  /** Graph names of the assignments to variables. */
  readonly assignments: readonly string[];
}

/** Returns the binding's id of a tensor; uploads the tensor if necessary. */
function idOf(tensor: Tensor): number {
  return nodeBackend().getInputTensorIds([tensor])[0]!;
}

export interface TraceOptions {
  /** Prefix of all names. */
  readonly prefix: string;
  /** Variables are constants; the function may not assign them. */
  readonly isFrozen: boolean;
}

/**
 * Runs a function once, records every kernel, and undoes its assignments.
 * @throws NotTraceableError when the function does something that a graph cannot represent
 */
export function trace(
  run: TensorFunction,
  inputs: Named<Input>,
  variables: readonly Variable[],
  { prefix, isFrozen }: TraceOptions,
): Trace {
  const native = nodeBackend();
  const { binding } = native;
  unshareMemory(variables);
  const recorder = new Recorder(binding, prefix);
  const tensors = Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, ownTensor(input)]));
  const inputNames = addInputs(recorder, inputs, tensors);
  const handles = isFrozen ? [] : variables.map((variable, place) => addHandle(recorder, variable, place));
  const reads = isFrozen
    ? variables.map((variable, place) => addConstant(recorder, variable, place))
    : addReads(recorder, variables, handles);
  const before = variables.map((variable) => variable.clone());
  const known = [...Object.values(tensors), ...variables].map(({ dataId }) => dataId);
  const restore = guardTrace(native, new Set(known), new Set(variables));
  native.binding = recorder.recordingBinding();
  try {
    let outputs: Named<string> = {};
    let assignments: readonly string[] = [];
    tf.tidy(() => {
      outputs = addOutputs(recorder, expectOutputs(run(tensors)));
      assignments = addAssignments(recorder, variables, handles, reads);
    });
    return { nodes: recorder.nodes, inputs: inputNames, outputs, assignments };
  } finally {
    native.binding = binding;
    restore();
    variables.forEach((variable, place) => {
      variable.assign(before[place]!);
      before[place]!.dispose();
    });
    recorder.finish();
    tf.dispose(tensors);
  }
}

function addInputs(recorder: Recorder, inputs: Named<Input>, tensors: Named<Tensor>): Named<string> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, input], place) => {
      const tensor = tensors[name]!;
      const fed = feedTypeOf(input);
      const type = dataTypeOf(tensor);
      const attr = { dtype: graphAttribute.type(fed), shape: graphAttribute.shape(tensor.shape) };
      const placeholder = recorder.add('Placeholder', [], attr, `input-${place}`);
      const cast = { SrcT: graphAttribute.type(fed), DstT: graphAttribute.type(type) };
      const output = fed === type ? placeholder : recorder.add('Cast', [placeholder], cast, `cast-${place}`);
      recorder.setOutput(idOf(tensor), output, type);
      return [name, placeholder];
    }),
  );
}

/** Copies memory that variables share because they were made from one tensor: a trace identifies them by it. */
function unshareMemory(variables: readonly Variable[]): void {
  const seen = new Set<object>();
  for (const variable of variables) {
    if (seen.has(variable.dataId)) {
      const own = ownCopy(variable);
      variable.assign(own);
      own.dispose();
    }
    seen.add(variable.dataId);
  }
}

/** Adds a variable's present value as a constant, which TensorFlow can fold. */
function addConstant(recorder: Recorder, variable: Variable, place: number): string {
  const type = dataTypeOf(variable);
  const { buffer, byteOffset, byteLength } = variable.dataSync();
  const value = graphAttribute.tensor(type, variable.shape, new Uint8Array(buffer, byteOffset, byteLength));
  const constant = recorder.add(
    'Const',
    [],
    { dtype: graphAttribute.type(type), value },
    `constant-${place}`,
  );
  recorder.setOutput(idOf(variable), constant, type);
  return constant;
}

/** Adds a variable's handle. All graphs of a session share the variable by its index. */
export function addHandle(recorder: Recorder, variable: Variable, place: number): string {
  const attr = {
    dtype: graphAttribute.type(dataTypeOf(variable)),
    shape: graphAttribute.shape(variable.shape),
    shared_name: graphAttribute.text(`variable-${place}`),
  };
  return recorder.add('VarHandleOp', [], attr, `handle-${place}`);
}

function addReads(recorder: Recorder, variables: readonly Variable[], handles: readonly string[]): string[] {
  return variables.map((variable, place) => {
    const type = dataTypeOf(variable);
    const attr = { dtype: graphAttribute.type(type) };
    const read = recorder.add('ReadVariableOp', [handles[place]!], attr, `read-${place}`);
    recorder.setOutput(idOf(variable), read, type);
    return read;
  });
}

function addAssignments(
  recorder: Recorder,
  variables: readonly Variable[],
  handles: readonly string[],
  reads: readonly string[],
): string[] {
  const assigned: string[] = [];
  variables.forEach((variable, place) => {
    const value = recorder.outputOf(idOf(variable));
    if (value === reads[place]) return;
    if (handles.length === 0) throw assignsFrozen(variable.name);
    const attr = { dtype: graphAttribute.type(dataTypeOf(variable)) };
    // The control dependency orders the assignment after the read.
    const input = [handles[place]!, value, `^${reads[place]}`];
    assigned.push(recorder.add('AssignVariableOp', input, attr, `assign-${place}`));
  });
  return assigned;
}

/** @throws TypeError when a function does not return named tensors */
export function expectOutputs(results: Named<Tensor>): Named<Tensor> {
  const isMapping = typeof results === 'object' && results !== null && !(results instanceof Promise);
  if (isMapping && Object.values(results).every((result) => result instanceof tf.Tensor)) return results;
  throw new TypeError(
    'the step: received something other than named tensors, expected it to return { name: tensor, … } or {}, not a promise',
  );
}

function addOutputs(recorder: Recorder, results: Named<Tensor>): Named<string> {
  return Object.fromEntries(
    Object.entries(results).map(([name, tensor], place) => {
      const attr = { T: graphAttribute.type(dataTypeOf(tensor)) };
      return [name, recorder.add('Identity', [recorder.outputOf(idOf(tensor))], attr, `output-${place}`)];
    }),
  );
}
