import { ATTRIBUTE, type OperationAttribute } from '../binding.js';
import { encodeMessage } from '../session/messages.js';

/** The GraphDef producer version of TensorFlow 2.21. */
const PRODUCER_VERSION = 1882;

export interface GraphNode {
  readonly name: string;
  readonly op: string;
  /** `node`, `node:output`, or `^node` for a control dependency. */
  readonly input: readonly string[];
  readonly attr: Readonly<Record<string, object>>;
  /** Empty: TensorFlow chooses. */
  readonly device: string;
}

function shapeMessage(shape: readonly number[]): object {
  return { dim: shape.map((size) => ({ size })) };
}

export const graphAttribute = {
  type: (type: number) => ({ type }),
  shape: (shape: readonly number[]) => ({ shape: shapeMessage(shape) }),
  text: (text: string) => ({ s: new TextEncoder().encode(text) }),
  tensor: (dtype: number, shape: readonly number[], content: Uint8Array) => ({
    tensor: { dtype, tensor_shape: shapeMessage(shape), tensor_content: content },
  }),
};

const FIELDS = {
  [ATTRIBUTE.string]: 's',
  [ATTRIBUTE.int]: 'i',
  [ATTRIBUTE.float]: 'f',
  [ATTRIBUTE.bool]: 'b',
  [ATTRIBUTE.type]: 'type',
} as Record<number, string>;

/** Converts an eager operation's attribute to a graph's. */
export function attributeMessage({ name, type, value }: OperationAttribute): object {
  if (type === ATTRIBUTE.shape) return graphAttribute.shape(value as number[]);
  const field = FIELDS[type];
  if (!field)
    throw new Error(`attribute "${name}": received kind ${type}, expected one of ${Object.keys(FIELDS)}`);
  const convert = (single: unknown) => (field === 's' ? new TextEncoder().encode(String(single)) : single);
  return Array.isArray(value) ? { list: { [field]: value.map(convert) } } : { [field]: convert(value) };
}

/** Serialises nodes as a GraphDef. */
export function graphBytes(nodes: readonly GraphNode[]): Uint8Array {
  return encodeMessage('Graph', { node: nodes, versions: { producer: PRODUCER_VERSION } });
}
