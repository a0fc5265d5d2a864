import { type Binding, DATA_TYPE, type OpAttribute } from './binding.js';
import { attributeMessage, type GraphNode, graphAttribute } from './graph.js';

/** Thrown when a step does something that a graph cannot hold. */
export class NotTraceableError extends Error {
  override name = 'NotTraceableError';
}

/**
 * Runs operations as always and writes down each as a graph node. A tensor that came from nowhere the
 * recorder knows of becomes a constant.
 */
export class Recorder {
  readonly nodes: GraphNode[] = [];
  /** Graph output (`node` or `node:2`) of each tensor, by the binding's id. */
  private readonly outputs = new Map<number, string>();
  private readonly pending = new Map<number, { shape: number[]; dtype: number; values: ArrayBufferView }>();
  /** Deletions are put off to the end, so that an id means one tensor for the whole trace. */
  private readonly deleted: number[] = [];

  constructor(private readonly binding: Binding) {}

  add(op: string, input: readonly string[], attr: GraphNode['attr'], name = `${op}-${this.nodes.length}`): string {
    this.nodes.push({ name, op, input, attr });
    return name;
  }

  /** Tells which graph output a tensor is. */
  know(id: number, output: string): void {
    this.outputs.set(id, output);
  }

  outputOf(id: number): string {
    const known = this.outputs.get(id);
    if (known) return known;
    const created = this.pending.get(id);
    if (!created) {
      throw new NotTraceableError(
        `a tensor (id ${id}) made before the step is neither among its inputs nor its variables: pass it as an input, so that it is not frozen at its present value`,
      );
    }
    const { shape, dtype, values } = created;
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();
    const name = this.add('Const', [], {
      dtype: graphAttribute.type(dtype),
      value: graphAttribute.tensor(dtype, shape, bytes),
    });
    this.know(id, name);
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
      metadata.forEach(({ id }, index) => {
        this.know(id, index === 0 ? node : `${node}:${index}`);
      });
      return metadata;
    });
    return stand;
  }

  finish(): void {
    for (const id of this.deleted) this.binding.deleteTensor(id);
  }

  private record(name: string, attributes: readonly OpAttribute[], inputIds: readonly number[]): void {
    const attr = Object.fromEntries(attributes.map((attribute) => [attribute.name, attributeMessage(attribute)]));
    // Eager execution infers T; a graph wants it said.
    const untyped = { ExpandDims: { Tdim: DATA_TYPE.int32 } } as Record<string, Record<string, number>>;
    for (const [key, type] of Object.entries(untyped[name] ?? {})) attr[key] ??= graphAttribute.type(type);
    this.add(name, inputIds.map((id) => this.outputOf(id)), attr);
  }
}
