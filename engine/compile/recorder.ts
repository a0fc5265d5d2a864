import type { Binding, OperationAttribute } from '../binding.js';
import {
  inferredAttributes,
  missingAttributes,
  operationDefinition,
} from '../session/operation-definitions.js';
import { attributeMessage, type GraphNode, graphAttribute } from './graph.js';
import { frozenTensor, readsValue, unknownOperation } from './not-traceable.js';
import { currentDevice } from './on-device.js';

/**
 * Runs operations eagerly and records each as a graph node. Tensors that the function creates become constants.
 */
export class Recorder {
  readonly nodes: GraphNode[] = [];
  /** Graph output (`node` or `node:2`) of each tensor, by the binding's id. */
  private readonly outputs = new Map<number, string>();
  private readonly types = new Map<number, number>();
  private readonly pending = new Map<number, { shape: number[]; dtype: number; values: ArrayBufferView }>();
  /** Deletions are deferred to the end, so that ids are unique during the trace. */
  private readonly deleted: number[] = [];

  /** @param prefix makes all names unique in a session */
  constructor(
    private readonly binding: Binding,
    private readonly prefix: string,
  ) {}

  add(
    op: string,
    input: readonly string[],
    attr: GraphNode['attr'],
    name = `${op}-${this.nodes.length}`,
  ): string {
    const whole = `${this.prefix}${name}`;
    this.nodes.push({ name: whole, op, input, attr, device: currentDevice() });
    return whole;
  }

  /** Registers the graph output of a tensor. */
  setOutput(id: number, output: string, type: number): void {
    this.outputs.set(id, output);
    this.types.set(id, type);
  }

  outputOf(id: number): string {
    const known = this.outputs.get(id);
    if (known) return known;
    const created = this.pending.get(id);
    if (!created) throw frozenTensor(`(id ${id})`);
    const { shape, dtype, values } = created;
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();
    const name = this.add('Const', [], {
      dtype: graphAttribute.type(dtype),
      value: graphAttribute.tensor(dtype, shape, bytes),
    });
    this.setOutput(id, name, dtype);
    return name;
  }

  /** Returns a binding that records. It is a new object because the binding's functions are not writable. */
  recordingBinding(): Binding {
    const recording = Object.create(this.binding) as Binding;
    const override = <K extends keyof Binding>(name: K, value: Binding[K]) => {
      Object.defineProperty(recording, name, { value });
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
      throw readsValue();
    });
    override('executeOp', (name, attributes, inputIds, outputs) => {
      const metadata = this.binding.executeOp(name, attributes, inputIds, outputs);
      const node = this.record(name, attributes, inputIds);
      metadata.forEach(({ id, dtype }, index) => {
        this.setOutput(id, index === 0 ? node : `${node}:${index}`, dtype);
      });
      return metadata;
    });
    return recording;
  }

  finish(): void {
    for (const id of this.deleted) this.binding.deleteTensor(id);
  }

  private record(
    name: string,
    attributes: readonly OperationAttribute[],
    inputIds: readonly number[],
  ): string {
    const definition = operationDefinition(name);
    if (!definition) throw unknownOperation(name, 'TensorFlow has no definition of it');
    if (definition.is_stateful) {
      throw unknownOperation(
        name,
        'it is stateful, for example a random stream, and would behave differently in a graph: use an operation that takes its seed as an input',
      );
    }
    const inputs = inputIds.map((id) => this.outputOf(id));
    const inferred = inferredAttributes(
      definition,
      inputIds.map((id) => this.types.get(id)!),
    );
    const given = Object.fromEntries(
      attributes.map((attribute) => [attribute.name, attributeMessage(attribute)]),
    );
    // Eager execution ignores attributes that an operation does not have; a graph refuses them.
    const known = new Set(definition.attr.map((attribute) => attribute.name));
    const attr = Object.fromEntries(
      Object.entries({ ...inferred, ...given }).filter(([attribute]) => known.has(attribute)),
    );
    const missing = missingAttributes(definition, attr);
    if (missing.length > 0)
      throw unknownOperation(name, `its attributes ${missing.join(', ')} are not given`);
    return this.add(name, inputs, attr);
  }
}
