import protobuf from 'protobufjs';

/** The part of TensorFlow's protocol messages that graphs, operation definitions and sessions need. */
const SCHEMA = `
syntax = "proto3";
message Dim { int64 size = 1; }
message Shape { repeated Dim dim = 2; bool unknown_rank = 3; }
message Tensor { int32 dtype = 1; Shape tensor_shape = 2; bytes tensor_content = 4; }
message List { repeated bytes s = 2; repeated int64 i = 3 [packed = true]; repeated float f = 4 [packed = true];
  repeated bool b = 5 [packed = true]; repeated int32 type = 6 [packed = true]; repeated Shape shape = 7; }
message Attr { oneof value { bytes s = 2; int64 i = 3; float f = 4; bool b = 5; int32 type = 6; Shape shape = 7;
  Tensor tensor = 8; List list = 1; } }
message Node { string name = 1; string op = 2; repeated string input = 3; string device = 4; map<string, Attr> attr = 5; }
message Versions { int32 producer = 1; }
message Graph { repeated Node node = 1; Versions versions = 4; }

message Argument { string name = 1; int32 type = 3; string type_attr = 4; string number_attr = 5;
  string type_list_attr = 6; }
message Attribute { string name = 1; string type = 2; Attr default_value = 3; }
message Operation { string name = 1; repeated Argument input_arg = 2; repeated Argument output_arg = 3;
  repeated Attribute attr = 4; bool is_stateful = 17; }
message OperationList { repeated Operation op = 1; }

message OptimizerOptions { int32 opt_level = 3; }
message RewriterConfig { bool disable_meta_optimizer = 19; int32 auto_mixed_precision = 23;
  int32 auto_mixed_precision_onednn_bfloat16 = 31; }
message GraphOptions { OptimizerOptions optimizer_options = 3; RewriterConfig rewrite_options = 10; }
message GpuOptions { bool allow_growth = 4; string visible_device_list = 5; }
message Config { map<string, int32> device_count = 1; int32 intra_op_parallelism_threads = 2;
  int32 inter_op_parallelism_threads = 5; GpuOptions gpu_options = 6; bool allow_soft_placement = 7;
  GraphOptions graph_options = 10; }
`;

const root = protobuf.parse(SCHEMA, { keepCase: true }).root;

export type MessageName = 'Graph' | 'OperationList' | 'Config';

export function encodeMessage(name: MessageName, value: object): Uint8Array {
  const type = root.lookupType(name);
  return type.encode(type.fromObject(value)).finish();
}

export function decodeMessage<T>(name: MessageName, bytes: Uint8Array): T {
  return root.lookupType(name).decode(bytes) as unknown as T;
}
