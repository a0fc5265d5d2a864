import protobuf from 'protobufjs';
import { ATTRIBUTE, type OperationAttribute } from '../binding.js';

/** The part of TensorFlow's protocol messages that a SavedModel without variables needs. */
const SCHEMA = `
syntax = "proto3";
message Dim { int64 size = 1; }
message Shape { repeated Dim dim = 2; bool unknown_rank = 3; }
message Tensor { int32 dtype = 1; Shape tensor_shape = 2; bytes tensor_content = 4; }
message List { repeated bytes s = 2; repeated int64 i = 3 [packed = true]; repeated float f = 4 [packed = true];
  repeated bool b = 5 [packed = true]; repeated int32 type = 6 [packed = true]; repeated Shape shape = 7; }
message Attr { oneof value { bytes s = 2; int64 i = 3; float f = 4; bool b = 5; int32 type = 6; Shape shape = 7;
  Tensor tensor = 8; List list = 1; } }
message Node { string name = 1; string op = 2; repeated string input = 3; map<string, Attr> attr = 5; }
message Versions { int32 producer = 1; }
message Graph { repeated Node node = 1; Versions versions = 4; }
message MetaInfo { repeated string tags = 4; }
message MetaGraph { MetaInfo meta_info_def = 1; Graph graph_def = 2; }
message SavedModel { int64 saved_model_schema_version = 1; repeated MetaGraph meta_graphs = 2; }
`;

/** A GraphDef producer version that TensorFlow 2.21 writes itself. */
const PRODUCER_VERSION = 1882;

const savedModelType = protobuf.parse(SCHEMA, { keepCase: true }).root.lookupType('SavedModel');

export interface GraphNode {
  readonly name: string;
  readonly op: string;
  /** `node`, `node:output`, or `^node` for order alone. */
  readonly input: readonly string[];
  readonly attr: Readonly<Record<string, object>>;
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

/** An eager operation's attribute as a graph's. */
export function attributeMessage({ name, type, value }: OperationAttribute): object {
  if (type === ATTRIBUTE.shape) return graphAttribute.shape(value as number[]);
  const field = FIELDS[type];
  if (!field)
    throw new Error(`attribute "${name}": received kind ${type}, expected one of ${Object.keys(FIELDS)}`);
  const convert = (single: unknown) => (field === 's' ? new TextEncoder().encode(String(single)) : single);
  return Array.isArray(value) ? { list: { [field]: value.map(convert) } } : { [field]: convert(value) };
}

/** A graph as the bytes of `saved_model.pb`, tagged `serve`. */
export function savedModelBytes(nodes: readonly GraphNode[]): Uint8Array {
  const graph = { node: nodes, versions: { producer: PRODUCER_VERSION } };
  const message = {
    saved_model_schema_version: 1,
    meta_graphs: [{ meta_info_def: { tags: ['serve'] }, graph_def: graph }],
  };
  return savedModelType.encode(savedModelType.fromObject(message)).finish();
}
