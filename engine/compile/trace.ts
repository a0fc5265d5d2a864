import { type NodeBackend, nodeBackend } from '../binding.js';
import { type TensorFlow, tf } from '../tensorflow.js';
import { type GraphNode, graphAttribute } from './graph.js';
import { assignsFrozen, createsVariable, drawsInJavaScript, frozenTensor } from './not-traceable.js';
import { Recorder } from './recorder.js';
import { asTensor, dataTypeOf, feedTypeOf, type Input, isTensor } from './typed-input.js';

type Tensor = TensorFlow.Tensor;
type Variable = TensorFlow.Variable;
export type Named<T> = Readonly<Record<string, T>>;

/** A function of named tensors. Pure, but for assignments to variables that it was declared with. */
export type TensorFunction = (inputs: Named<Tensor>) => Named<Tensor>;

export interface Trace {
  readonly nodes: readonly GraphNode[];
  /** Graph names of the inputs and outputs, by their names. */
  readonly inputs: Named<string>;
  readonly outputs: Named<string>;
  /** Graph names of the assignments to variables. */
  readonly assignments: readonly string[];
}

/** The binding's id of a tensor, uploading it where that was put off. */
function idOf(tensor: Tensor): number {
  return nodeBackend().getInputTensorIds([tensor])[0]!;
}

export interface TraceOptions {
  /** Of all the names. */
  readonly prefix: string;
  /** Variables are constants; the function may not assign them. */
  readonly isFrozen: boolean;
}

/**
 * Runs a function once with every kernel written down, and undoes its assignments.
 * @throws NotTraceableError when the function does what a graph cannot hold
 */
export function trace(
  run: TensorFunction,
  inputs: Named<Input>,
  variables: readonly Variable[],
  { prefix, isFrozen }: TraceOptions,
): Trace {
  const native = nodeBackend();
  const { binding } = native;
  const recorder = new Recorder(binding, prefix);
  const tensors = Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, asTensor(input)]));
  const inputNames = addInputs(recorder, inputs, tensors);
  const handles = isFrozen ? [] : variables.map((variable, place) => addHandle(recorder, variable, place));
  const reads = isFrozen
    ? variables.map((variable, place) => addConstant(recorder, variable, place))
    : addReads(recorder, variables, handles);
  const before = variables.map((variable) => variable.clone());
  const restore = watch(
    native,
    new Set([...Object.values(tensors), ...variables].map(({ dataId }) => dataId)),
  );
  native.binding = recorder.recordingBinding();
  try {
    let outputs: Named<string> = {};
    let assignments: readonly string[] = [];
    tf.tidy(() => {
      outputs = addOutputs(recorder, run(tensors));
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
    for (const [name, input] of Object.entries(inputs)) if (!isTensor(input)) tensors[name]!.dispose();
  }
}

function addInputs(recorder: Recorder, inputs: Named<Input>, tensors: Named<Tensor>): Named<string> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, input]) => {
      const tensor = tensors[name]!;
      const fed = feedTypeOf(input);
      const type = dataTypeOf(tensor);
      const attr = { dtype: graphAttribute.type(fed), shape: graphAttribute.shape(tensor.shape) };
      const placeholder = recorder.add('Placeholder', [], attr, `input-${name}`);
      const cast = { SrcT: graphAttribute.type(fed), DstT: graphAttribute.type(type) };
      const output = fed === type ? placeholder : recorder.add('Cast', [placeholder], cast, `cast-${name}`);
      recorder.know(idOf(tensor), output, type);
      return [name, placeholder];
    }),
  );
}

/** A variable's present value as a constant, which TensorFlow folds into whatever it can. */
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
  recorder.know(idOf(variable), constant, type);
  return constant;
}

/** The name by which all graphs of a session share a variable is its place. */
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
    recorder.know(idOf(variable), read, type);
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
    // Ordered after the read, lest the function see its own result.
    const input = [handles[place]!, value, `^${reads[place]}`];
    assigned.push(recorder.add('AssignVariableOp', input, attr, `assign-${place}`));
  });
  return assigned;
}

function addOutputs(recorder: Recorder, results: Named<Tensor>): Named<string> {
  return Object.fromEntries(
    Object.entries(results).map(([name, tensor]) => {
      const attr = { T: graphAttribute.type(dataTypeOf(tensor)) };
      return [name, recorder.add('Identity', [recorder.outputOf(idOf(tensor))], attr, `output-${name}`)];
    }),
  );
}

/**
 * Refuses, until `restore` is called, what would be frozen in a graph without passing through the binding: tensors
 * from outside that tfjs uploads only now, numbers drawn in JavaScript, new variables.
 */
function watch(native: NodeBackend, known: ReadonlySet<object>): () => void {
  const { write, getInputTensorIds } = native;
  const { random } = Math;
  const engine = tf.engine();
  const { makeVariable } = engine;
  const fresh = new WeakSet<object>(known);
  native.write = (...values) => {
    const dataId = write.apply(native, values);
    fresh.add(dataId);
    return dataId;
  };
  native.getInputTensorIds = (tensors) => {
    for (const { dataId, shape } of tensors) {
      const isUploaded = (native.tensorMap.get(dataId)?.id ?? 0) >= 0;
      if (!isUploaded && !fresh.has(dataId)) throw frozenTensor(`of shape ${JSON.stringify(shape)}`);
    }
    return getInputTensorIds.call(native, tensors);
  };
  Math.random = () => {
    throw drawsInJavaScript();
  };
  engine.makeVariable = (_initial, _trainable, name) => {
    throw createsVariable(name);
  };
  return () => {
    native.write = write;
    native.getInputTensorIds = getInputTensorIds;
    Math.random = random;
    engine.makeVariable = makeVariable;
  };
}
