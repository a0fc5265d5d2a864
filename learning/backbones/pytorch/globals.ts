import type { ByteReader } from './byte-reader.js';
import { Dictionary, Global, Storage, StoredTensor, Tuple, type Value } from './values.js';

const STORAGE_TYPES: Readonly<Record<string, Storage['type']>> = {
  'torch.FloatStorage': 'float32',
  'torch.LongStorage': 'int64',
};

type Call = (args: readonly Value[], reader: ByteReader) => Value;

/** The functions that a pickle may name, and what they do here. */
const CALLS: Readonly<Record<string, Call>> = {
  'collections.OrderedDict'(args, reader) {
    if (args.length > 0) throw reader.error('an OrderedDict with arguments', 'an empty one');
    return new Dictionary();
  },
  'torch._utils._rebuild_tensor_v2': tensorOf,
};

const KNOWN = [...Object.keys(CALLS), ...Object.keys(STORAGE_TYPES)];

/** @throws ModelError, naming it, for each class or function that a file of weights does not need */
export function globalNamed(name: string, reader: ByteReader): Global {
  if (KNOWN.includes(name)) return new Global(name);
  throw reader.error(
    `the global ${JSON.stringify(name)}`,
    `one of ${KNOWN.join(', ')}; a file of weights needs no other, so it was refused and nothing of it was run`,
  );
}

/** Does what the pickle's call of a known function stands for. */
export function call(callee: Value, args: Value, reader: ByteReader): Value {
  const known =
    callee instanceof Global && Object.hasOwn(CALLS, callee.name) ? CALLS[callee.name] : undefined;
  if (!known || !(args instanceof Tuple)) {
    const received = callee instanceof Global ? `a call of ${callee.name}` : 'a call of a value';
    throw reader.error(received, `a call of ${Object.keys(CALLS).join(' or ')} with a tuple`);
  }
  return known(args.items, reader);
}

/** Reads ('storage', type, key, device, count, view). */
export function storageOf(id: Value, reader: ByteReader): Storage {
  const [kind, type, key, , count, view] = id instanceof Tuple ? id.items : [];
  const known =
    type instanceof Global && Object.hasOwn(STORAGE_TYPES, type.name) ? STORAGE_TYPES[type.name] : undefined;
  if (kind !== 'storage' || !known || typeof key !== 'string' || !isCount(count) || view !== null) {
    throw reader.error(
      'another persistent id',
      "('storage', FloatStorage or LongStorage, key, device, count, None)",
    );
  }
  return new Storage(key, known, count);
}

/** _rebuild_tensor_v2(storage, offset, shape, strides, requires_grad, backward_hooks) */
function tensorOf([storage, offset, shape, strides]: readonly Value[], reader: ByteReader): StoredTensor {
  const sides = countsOf(shape);
  const steps = countsOf(strides);
  if (!(storage instanceof Storage) || !isCount(offset) || !sides || !steps) {
    throw reader.error('another tensor', 'a storage, an offset, a shape and strides');
  }
  const size = sides.reduce((product, side) => product * side, 1);
  const last = sides.reduce((at, side, axis) => at + (side - 1) * steps[axis]!, offset);
  const isWithin = size > 0 && size <= storage.count && last < storage.count;
  if (sides.length !== steps.length || !isWithin) {
    throw reader.error(
      `a tensor [${sides}] with strides [${steps}] at ${offset} in a storage of ${storage.count} numbers`,
      'one within its storage',
    );
  }
  return new StoredTensor(storage, offset, sides, steps);
}

const MOST_AXES = 8;

function countsOf(value: Value | undefined): number[] | undefined {
  const items = value instanceof Tuple ? value.items : undefined;
  return items && items.length <= MOST_AXES && items.every(isCount) ? [...items] : undefined;
}

function isCount(value: Value | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
