import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DATA_TYPE, type NodeBackend, nodeBackend } from '../binding.js';
import { type TensorFlow, tf } from '../tensorflow.js';
import { graphAttribute, savedModelBytes } from './graph.js';
import { frozenTensor, Recorder } from './recorder.js';

type Tensor = TensorFlow.Tensor;
type Variable = TensorFlow.Variable;
type Named<T> = Readonly<Record<string, T>>;

/** The binding's id of a tensor, uploading it where that was put off. */
function idOf(tensor: Tensor): number {
  return nodeBackend().getInputTensorIds([tensor])[0]!;
}

const dataType = (tensor: Tensor) =>
  ({ int32: DATA_TYPE.int32, bool: DATA_TYPE.bool })[tensor.dtype as string] ?? DATA_TYPE.float;

export interface StepDefinition {
  /** Everything that the step reads and assigns and that outlives it. */
  readonly variables: readonly Variable[];
  /** One example of each input; later ones have the same shapes. */
  readonly inputs: Named<Tensor>;
  /** Pure but for assignments to the variables. Its outputs are tensors. */
  readonly step: (inputs: Named<Tensor>) => Named<Tensor>;
}

/**
 * A function of tensors as one TensorFlow graph with variables inside: what `tf.function` is in Python.
 *
 * Tracing runs the step once with every kernel written down, and undoes its assignments. From then on the
 * variables live in a TensorFlow session: {@link pull} copies them out, {@link push} in.
 * @throws NotTraceableError when the step reads a value, or uses a tensor that it was not given.
 */
export class CompiledStep {
  private readonly session: number;
  private readonly inputNames: string[];
  private readonly outputNames: string[];
  private readonly handles: string[];

  constructor(private readonly definition: StepDefinition) {
    const { variables, inputs } = definition;
    const { binding } = nodeBackend();
    const recorder = new Recorder(binding);
    this.inputNames = Object.keys(inputs);
    for (const [name, tensor] of Object.entries(inputs)) {
      const attr = {
        dtype: graphAttribute.type(dataType(tensor)),
        shape: graphAttribute.shape(tensor.shape),
      };
      recorder.know(idOf(tensor), recorder.add('Placeholder', [], attr, `input-${name}`), dataType(tensor));
    }
    this.handles = variables.map((variable, index) => {
      const type = dataType(variable);
      const handle = recorder.add(
        'VarHandleOp',
        [],
        {
          dtype: graphAttribute.type(type),
          shape: graphAttribute.shape(variable.shape),
          shared_name: graphAttribute.text(`variable-${index}`),
        },
        `handle-${index}`,
      );
      const read = recorder.add(
        'ReadVariableOp',
        [handle],
        { dtype: graphAttribute.type(type) },
        `read-${index}`,
      );
      recorder.know(idOf(variable), read, type);
      const attr = { dtype: graphAttribute.type(type), shape: graphAttribute.shape(variable.shape) };
      const source = recorder.add('Placeholder', [], attr, `push-${index}`);
      recorder.add(
        'AssignVariableOp',
        [handle, source],
        { dtype: graphAttribute.type(type) },
        `pushed-${index}`,
      );
      return handle;
    });
    this.outputNames = this.trace(recorder);
    this.addPush(recorder);
    this.session = loadGraph(recorder);
    this.push();
  }

  /** Runs the step in the session. The caller disposes the outputs. */
  run(inputs: Named<Tensor>): Record<string, Tensor> {
    const ids = this.inputNames.map((name) => idOf(inputs[name]!));
    const results = this.runSession(
      ids,
      this.inputNames.map((name) => `input-${name}`),
      this.outputNames,
    );
    return Object.fromEntries(
      this.outputNames.map((name, index) => [name.slice('output-'.length), results[index]!]),
    );
  }

  /** Copies the session's values to the variables. */
  pull(): void {
    tf.tidy(() => {
      const names = this.handles.map((_, index) => `read-${index}`);
      this.runSession([], [], names).forEach((value, index) => {
        this.definition.variables[index]!.assign(value);
      });
    });
  }

  /** Copies the variables' values to the session. */
  push(): void {
    const ids = this.definition.variables.map((variable) => idOf(variable));
    const names = this.handles.map((_, index) => `push-${index}`);
    for (const done of this.runSession(ids, names, ['push-done'])) done.dispose();
  }

  dispose(): void {
    nodeBackend().binding.deleteSavedModel(this.session);
  }

  private runSession(ids: number[], inputs: string[], outputs: string[]): Tensor[] {
    const { binding } = nodeBackend();
    return binding
      .runSavedModel(this.session, ids, inputs.join(','), outputs.join(','))
      .map((metadata) => nodeBackend().createOutputTensor(metadata));
  }

  /** Runs the step under the recorder and adds its outputs, which wait for all assignments. */
  private trace(recorder: Recorder): string[] {
    const { variables, inputs, step } = this.definition;
    const native = nodeBackend();
    const { binding } = native;
    const before = variables.map((variable) => variable.clone());
    const names: string[] = [];
    const ours = new Set(
      Object.values(inputs)
        .concat(variables)
        .map((tensor) => tensor.dataId),
    );
    const restore = watchUploads(native, ours);
    native.binding = recorder.recordingBinding();
    try {
      tf.tidy(() => {
        const outputs = step(inputs);
        const assigned: string[] = [];
        variables.forEach((variable, index) => {
          const output = recorder.outputOf(idOf(variable));
          if (output === `read-${index}`) return;
          const attr = { dtype: graphAttribute.type(dataType(variable)) };
          // Ordered after the read, lest the step see its own result.
          const input = [this.handles[index]!, output, `^read-${index}`];
          assigned.push(`^${recorder.add('AssignVariableOp', input, attr, `assign-${index}`)}`);
        });
        for (const [name, tensor] of Object.entries(outputs)) {
          const attr = { T: graphAttribute.type(dataType(tensor)) };
          names.push(
            recorder.add('Identity', [recorder.outputOf(idOf(tensor)), ...assigned], attr, `output-${name}`),
          );
        }
      });
    } finally {
      native.binding = binding;
      restore();
      variables.forEach((variable, index) => {
        variable.assign(before[index]!);
        before[index]!.dispose();
      });
      recorder.finish();
    }
    return names;
  }

  private addPush(recorder: Recorder): void {
    const attr = {
      dtype: graphAttribute.type(DATA_TYPE.int32),
      value: graphAttribute.tensor(DATA_TYPE.int32, [], new Uint8Array(4)),
    };
    const zero = recorder.add('Const', [], attr, 'push-zero');
    const order = this.handles.map((_, index) => `^pushed-${index}`);
    recorder.add('Identity', [zero, ...order], { T: graphAttribute.type(DATA_TYPE.int32) }, 'push-done');
  }
}

/**
 * tfjs uploads a tensor when it is first used, so one from outside the step may come by only now and would pass
 * for a constant. Until `restore` is called, such a tensor is refused.
 */
function watchUploads(native: NodeBackend, known: ReadonlySet<object>): () => void {
  const { write, getInputTensorIds } = native;
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
  return () => {
    native.write = write;
    native.getInputTensorIds = getInputTensorIds;
  };
}

/** TensorFlow loads graphs from disk only. */
function loadGraph(recorder: Recorder): number {
  const folder = mkdtempSync(join(tmpdir(), 'apprentice-graph-'));
  try {
    writeFileSync(join(folder, 'saved_model.pb'), savedModelBytes(recorder.nodes));
    return nodeBackend().binding.loadSavedModel(folder, 'serve');
  } finally {
    rmSync(folder, { recursive: true });
  }
}
