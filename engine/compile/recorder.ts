import { type Binding, DATA_TYPE, type OperationAttribute } from '../binding.js';
import { attributeMessage, type GraphNode, graphAttribute } from './graph.js';

/** Thrown when a step does something that a graph cannot hold. */
export class NotTraceableError extends Error {
  override name = 'NotTraceableError';
}

export function frozenTensor(which: string): NotTraceableError {
  return new NotTraceableError(
    `a tensor ${which} made before the step is neither among its inputs nor its variables: pass it as an input, so that it is not frozen at its present value`,
  );
}

/** Type attributes that tfjs leaves to eager execution to infer, and the input whose type they are. */
const INFERRED_TYPES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  ExpandDims: { T: 0, Tdim: 1 },
  Diag: { T: 0 },
};

/**
 * Runs operations as always and writes down each as a graph node. A tensor that came from nowhere the
 * recorder knows of becomes a constant.
 */
export class Recorder {
  readonly nodes: GraphNode[] = [];
  /** Graph output (`node` or `node:2`) of each tensor, by the binding's id. */
  private readonly outputs = new Map<number, string>();
  private readonly types = new Map<number, number>();
  private readonly pending = new Map<number, { shape: number[]; dtype: number; values: ArrayBufferView }>();
  /** Deletions are put off to the end, so that an id means one tensor for the whole trace. */
  private readonly deleted: number[] = [];

  constructor(private readonly binding: Binding) {}

  add(
    op: string,
    input: readonly string[],
    attr: GraphNode['attr'],
    name = `${op}-${this.nodes.length}`,
  ): string {
    this.nodes.push({ name, op, input, attr });
    return name;
  }

  /** Tells which graph output a tensor is. */
  know(id: number, output: string, type: number): void {
    this.outputs.set(id, output);
    this.types.set(id, type);
  }

  outputOf(id: number): string {
    const known = this.outputs.get(id);
    if (known) return known;
    const created = this.pending.get(id);
    if (!created) {
      throw frozenTensor(`(id ${id})`);
    }
    const { shape, dtype, values } = created;
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();
    const name = this.add('Const', [], {
      dtype: graphAttribute.type(dtype),
      value: graphAttribute.tensor(dtype, shape, bytes),
    });
    this.know(id, name, dtype);
    return name;
  }

  /** A stand-in for the binding that records. Binding functions are not writable, hence a new object. */
  recordingBinding(): Binding {
    const stand = Object.create(this.binding) as Binding;
    const override = <K extends keyof Binding>(name: K, value: Binding[K]) => {
      Object.defineProperty(stand, name, { value });
    };
    override('createTensor', (shape, dtype, values) => {
      const id = this.binding.createTensor(shape, dtype, values);
      this.pending.set(id, { shape: [...shape], dtype, values });
      this.types.set(id, dtype);
      return id;
    });
    override('deleteTensor', (id) => {
      this.deleted.push(id);
    });
    override('tensorDataSync', () => {
      throw new NotTraceableError(
        'the step reads a value (dataSync, arraySync, print, or a branch on data): a graph has none while it is drawn. Return the tensor and read it outside the step',
      );
    });
    override('executeOp', (name, attributes, inputIds, outputs) => {
      const metadata = this.binding.executeOp(name, attributes, inputIds, outputs);
      this.record(name, attributes, inputIds);
      const node = this.nodes.at(-1)!.name;
      metadata.forEach(({ id, dtype }, index) => {
        this.know(id, index === 0 ? node : `${node}:${index}`, dtype);
      });
      return metadata;
    });
    return stand;
  }

  finish(): void {
    for (const id of this.deleted) this.binding.deleteTensor(id);
  }

  private record(name: string, attributes: readonly OperationAttribute[], inputIds: readonly number[]): void {
    const attr = Object.fromEntries(
      attributes.map((attribute) => [attribute.name, attributeMessage(attribute)]),
    );
    for (const [key, input] of Object.entries(INFERRED_TYPES[name] ?? {})) {
      attr[key] ??= graphAttribute.type(this.types.get(inputIds[input]!) ?? DATA_TYPE.float);
    }
    this.add(
      name,
      inputIds.map((id) => this.outputOf(id)),
      attr,
    );
  }
}
