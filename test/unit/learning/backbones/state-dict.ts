/** Writes files of weights in PyTorch's older format, and pickles that no such file holds. */

const text = (value: string) => {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([0x58]), uint32(bytes.length), bytes]);
};
const uint32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const int64 = (value: number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(value));
  return bytes;
};
const integer = (value: number) => Buffer.concat([Buffer.from('J'), uint32(value)]);
const global = (module: string, name: string) => Buffer.from(`c${module}\n${name}\n`);
const tuple = (...items: Buffer[]) => Buffer.concat([Buffer.from('('), ...items, Buffer.from('t')]);
export const pickle = (...parts: Buffer[]) =>
  Buffer.concat([Buffer.from([0x80, 2]), ...parts, Buffer.from('.')]);
const NONE = Buffer.from('N');
const FALSE = Buffer.from([0x89]);

export const write = { text, uint32, int64, integer, global, tuple, NONE };

const MAGIC = Buffer.from('8a0a6cfc9c46f9206aa85019', 'hex');
export const HEADER = Buffer.concat([
  pickle(MAGIC),
  pickle(Buffer.from('M\xe9\x03', 'latin1')),
  pickle(Buffer.from('}'), text('little_endian'), Buffer.from([0x88]), Buffer.from('s')),
]);

export interface TensorPlan {
  readonly name: string;
  readonly key?: string;
  readonly type?: string;
  readonly count?: number;
  readonly offset?: number;
  readonly shape?: readonly number[];
  readonly strides?: readonly number[];
}

export function tensor({
  key = '1',
  type = 'FloatStorage',
  count = 6,
  offset = 0,
  shape = [2, 3],
  strides = [3, 1],
}: Omit<TensorPlan, 'name'>): Buffer {
  const storage = tuple(text('storage'), global('torch', type), text(key), text('cpu'), integer(count), NONE);
  const args = [
    Buffer.concat([storage, Buffer.from('Q')]),
    integer(offset),
    tuple(...shape.map(integer)),
    tuple(...strides.map(integer)),
    FALSE,
    NONE,
  ];
  return Buffer.concat([global('torch._utils', '_rebuild_tensor_v2'), tuple(...args), Buffer.from('R')]);
}

export function dictionary(tensors: readonly TensorPlan[]): Buffer {
  const items = tensors.flatMap(({ name, ...plan }) => [text(name), tensor(plan)]);
  return Buffer.concat([
    global('collections', 'OrderedDict'),
    Buffer.from(')R('),
    ...items,
    Buffer.from('u'),
  ]);
}

export interface StoragePlan {
  readonly key: string;
  readonly values: readonly number[];
}

/** A whole file. */
export function file(tensors: readonly TensorPlan[], storages: readonly StoragePlan[]): Buffer {
  const keys = Buffer.concat([Buffer.from(']('), ...storages.map(({ key }) => text(key)), Buffer.from('e')]);
  const numbers = storages.flatMap(({ values }) => [
    int64(values.length),
    Buffer.from(Float32Array.from(values).buffer),
  ]);
  return Buffer.concat([HEADER, pickle(dictionary(tensors)), pickle(keys), ...numbers]);
}
