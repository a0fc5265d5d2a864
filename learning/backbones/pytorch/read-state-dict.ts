import { ByteReader } from './byte-reader.js';
import { type Numbers, rowMajor, sizeOf } from './row-major.js';
import { unpickle } from './unpickle.js';
import { Dictionary, List, type Storage, StoredTensor, type Value } from './values.js';

const MAGIC = 0x1950a86a20f9469cfc6cn;
const FORMAT = 1001;

/** A tensor of a file; its values lie row by row. */
export interface FileTensor {
  readonly shape: readonly number[];
  readonly values: Numbers;
}

/**
 * Reads a state dict in PyTorch's older format (before 1.6): pickles of the format, the machine, the tensors' names and
 * places, and the storages' keys, and then each storage's numbers. It runs nothing of the file.
 * @param source names the file in errors
 * @returns tensors by name, in the file's order
 * @throws ModelError when the file is damaged, truncated, or holds anything but named tensors
 */
export function readStateDict(bytes: Uint8Array, source: string): ReadonlyMap<string, FileTensor> {
  const reader = new ByteReader(bytes, source);
  expectFormat(reader);
  const named = tensorsOf(unpickle(reader), reader);
  const storages = storagesOf(named.values(), reader);
  const numbers = readNumbers(unpickle(reader), storages, reader);
  if (reader.remaining > 0) throw reader.error(`${reader.remaining} more bytes`, 'the end of the file');
  return new Map(
    [...named].map(([name, tensor]) => [
      name,
      { shape: tensor.shape, values: rowMajor(tensor, numbers.get(tensor.storage.key)!) },
    ]),
  );
}

function expectFormat(reader: ByteReader): void {
  if (reader.startsWith('PK')) {
    throw reader.error(
      'PyTorch’s newer format, a zip file',
      'the older one, by torch.save(…, _use_new_zipfile_serialization=False)',
    );
  }
  const magic = unpickle(reader);
  if (magic !== MAGIC) throw reader.error('another file', 'a file of weights by torch.save');
  const format = unpickle(reader);
  if (format !== FORMAT) throw reader.error(`format ${String(format)}`, `format ${FORMAT}`);
  const machine = unpickle(reader);
  if (!(machine instanceof Dictionary) || machine.entries.get('little_endian') !== true)
    throw reader.error('numbers of a big-endian machine', 'little-endian numbers');
}

function tensorsOf(value: Value, reader: ByteReader): Map<string, StoredTensor> {
  const entries = value instanceof Dictionary ? [...value.entries] : [];
  const tensors = entries.filter(
    (entry): entry is [string, StoredTensor] => entry[1] instanceof StoredTensor,
  );
  if (tensors.length === 0 || tensors.length < entries.length)
    throw reader.error('another value', 'a state dict: names and tensors, no nested values');
  return new Map(tensors);
}

function storagesOf(tensors: Iterable<StoredTensor>, reader: ByteReader): Map<string, Storage> {
  const storages = new Map<string, Storage>();
  const used = new Map<string, number>();
  for (const { storage, shape } of tensors) {
    const { key, type, count } = storage;
    const known = storages.get(key);
    if (known && (known.type !== type || known.count !== count))
      throw reader.error(`two descriptions of the storage ${key}`, 'one');
    storages.set(key, storage);
    used.set(key, (used.get(key) ?? 0) + sizeOf(shape));
    // So that a small file can't ask for much memory.
    if (used.get(key)! > count)
      throw reader.error(`tensors that share numbers of the storage ${key}`, 'none');
  }
  return storages;
}

function readNumbers(
  keys: Value,
  storages: ReadonlyMap<string, Storage>,
  reader: ByteReader,
): Map<string, Numbers> {
  const listed = keys instanceof List ? keys.items : [];
  const numbers = new Map<string, Numbers>();
  for (const key of listed) {
    const storage = typeof key === 'string' && !numbers.has(key) ? storages.get(key) : undefined;
    if (!storage) throw reader.error(`the storage key ${String(key)}`, 'each key of the tensors once');
    numbers.set(storage.key, readStorage(storage, reader));
  }
  if (numbers.size !== storages.size)
    throw reader.error(`${numbers.size} storages`, `the ${storages.size} that the tensors name`);
  return numbers;
}

function readStorage({ key, type, count }: Storage, reader: ByteReader): Numbers {
  const stored = reader.view(8).getBigInt64(0, true);
  if (stored !== BigInt(count))
    throw reader.error(`${stored} numbers in the storage ${key}`, `${count}, as its tensors say`);
  // A copy, because the numbers may not lie at a multiple of their size.
  const { buffer } = new Uint8Array(reader.take(count * (type === 'float32' ? 4 : 8)));
  return type === 'float32' ? new Float32Array(buffer) : new BigInt64Array(buffer);
}
