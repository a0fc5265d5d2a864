import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ModelError } from '../../../../domain/errors.js';
import { readStateDict } from '../../../../learning/backbones/pytorch/read-state-dict.js';
import {
  dictionary,
  file,
  HEADER,
  pickle,
  type StoragePlan,
  type TensorPlan,
  tensor,
  write,
} from './state-dict.js';

const STORAGE: StoragePlan = { key: '1', values: [1, 2, 3, 4, 5, 6] };
const read = (bytes: Uint8Array) => readStateDict(bytes, 'some.pth');

function assertRefused(bytes: Uint8Array, reason: RegExp): void {
  assert.throws(
    () => read(bytes),
    (error: unknown) => {
      assert.ok(error instanceof ModelError, String(error));
      assert.match(error.message, /^some\.pth, byte \d+: received /);
      assert.match(error.message, reason);
      return true;
    },
  );
}

const withPickle = (...parts: Buffer[]) => Buffer.concat([HEADER, pickle(...parts)]);

test('reads tensors, also two in one storage and one in another order', () => {
  const tensors: TensorPlan[] = [
    { name: 'a', shape: [2, 2], strides: [1, 2] },
    { name: 'b', offset: 4, shape: [2], strides: [1] },
  ];
  const found = read(file(tensors, [STORAGE]));
  assert.deepEqual([...found.keys()], ['a', 'b']);
  assert.deepEqual(found.get('a'), { shape: [2, 2], values: Float32Array.of(1, 3, 2, 4) });
  assert.deepEqual(found.get('b'), { shape: [2], values: Float32Array.of(5, 6) });
});

const HOSTILE_GLOBALS = [
  ['os', 'system'],
  ['posix', 'system'],
  ['builtins', 'eval'],
  ['torch', 'load'],
  ['', '__proto__'],
] as const;
for (const [module, name] of HOSTILE_GLOBALS) {
  test(`refuses the global ${module}.${name} by its name`, () => {
    const attack = [
      write.global(module, name),
      write.tuple(write.text('touch /tmp/hacked')),
      Buffer.from('R'),
    ];
    assertRefused(
      withPickle(...attack),
      new RegExp(`the global "${module}\\.${name}", expected one of collections\\.OrderedDict`),
    );
  });
}

test('refuses operations that make objects, by their names', () => {
  assertRefused(
    withPickle(write.text('os'), write.text('system'), Buffer.from([0x93])),
    /STACK_GLOBAL \(0x93\)/,
  );
  assertRefused(withPickle(Buffer.from('(ios\nsystem\n')), /INST \(0x69\)/);
  assertRefused(withPickle(Buffer.from([0x81])), /NEWOBJ \(0x81\)/);
  assertRefused(withPickle(Buffer.from([0xff])), /operation 0xff/);
});

test('refuses calls of storage types, of values, and with other arguments', () => {
  assertRefused(
    withPickle(write.global('torch', 'FloatStorage'), Buffer.from(')R')),
    /a call of torch\.FloatStorage/,
  );
  assertRefused(withPickle(write.text('os.system'), Buffer.from(')R')), /a call of a value/);
  const filled = [write.global('collections', 'OrderedDict'), write.tuple(write.NONE), Buffer.from('R')];
  assertRefused(withPickle(...filled), /an OrderedDict with arguments/);
  const short = [
    write.global('torch._utils', '_rebuild_tensor_v2'),
    write.tuple(write.NONE),
    Buffer.from('R'),
  ];
  assertRefused(withPickle(...short), /another tensor/);
});

test('refuses lengths beyond the file, before it allocates anything', () => {
  assertRefused(withPickle(Buffer.from('X'), write.uint32(0xffffffff)), /a text of 4294967295 bytes/);
  assertRefused(withPickle(Buffer.from('X'), write.uint32(4000)), /truncated/);
  const huge = { name: 'a', count: 2 ** 31 - 1, shape: [2 ** 31 - 1], strides: [1] };
  const bytes = Buffer.concat([
    HEADER,
    pickle(dictionary([huge])),
    pickle(Buffer.from(']('), write.text('1'), Buffer.from('e')),
    write.int64(2 ** 31 - 1),
  ]);
  assertRefused(bytes, /truncated/);
});

test('refuses a file that is cut anywhere, or goes on', () => {
  const whole = file([{ name: 'a' }], [STORAGE]);
  for (let length = 0; length < whole.length; length++) assertRefused(whole.subarray(0, length), /received/);
  assertRefused(Buffer.concat([whole, Buffer.of(0)]), /1 more bytes, expected the end of the file/);
});

test('refuses storages that do not fit the tensors', () => {
  assertRefused(file([{ name: 'a' }], [{ ...STORAGE, key: '2' }]), /the storage key 2/);
  assertRefused(file([{ name: 'a' }], [STORAGE, STORAGE]), /the storage key 1/);
  assertRefused(file([{ name: 'a' }], []), /0 storages, expected the 1/);
  assertRefused(
    file([{ name: 'a' }], [{ key: '1', values: [1, 2] }]),
    /2 numbers in the storage 1, expected 6/,
  );
  assertRefused(file([{ name: 'a' }, { name: 'b' }], [STORAGE]), /share numbers of the storage 1/);
  const two = [{ name: 'a' }, { name: 'b', count: 7 }];
  assertRefused(file(two, [STORAGE]), /two descriptions of the storage 1/);
  assertRefused(file([{ name: 'a', type: 'CharStorage' }], [STORAGE]), /the global "torch\.CharStorage"/);
});

test('refuses tensors beyond their storage, by offset, strides or shape', () => {
  assertRefused(
    file([{ name: 'a', offset: 1 }], [STORAGE]),
    /tensor \[2,3\] with strides \[3,1\] at 1 in a storage of 6/,
  );
  assertRefused(file([{ name: 'a', strides: [4, 1] }], [STORAGE]), /strides \[4,1\]/);
  assertRefused(file([{ name: 'a', shape: [2 ** 32 - 1, 0] }], [STORAGE]), /another tensor/);
  const vast = Array<number>(8).fill(2 ** 31 - 1);
  assertRefused(file([{ name: 'a', shape: vast, strides: vast }], [STORAGE]), /one within its storage/);
  const deep = Array<number>(9).fill(1);
  assertRefused(file([{ name: 'a', shape: deep, strides: deep }], [STORAGE]), /another tensor/);
});

test('refuses memo places that hold nothing, and values that contain themselves', () => {
  assertRefused(withPickle(Buffer.from([0x68, 7])), /memo 7/);
  assertRefused(withPickle(Buffer.from('Nj'), write.uint32(9)), /memo 9/);
  // A dict that is its own value, and a list that is its own item.
  assertRefused(
    withPickle(Buffer.from('}q\0', 'latin1'), write.text('a'), Buffer.from('h\0s', 'latin1')),
    /a state dict/,
  );
  assertRefused(withPickle(Buffer.from(']q\0h\0a', 'latin1')), /a state dict/);
});

test('refuses operations on an empty stack or without a mark, and pickles that never end', () => {
  assertRefused(withPickle(), /empty stack/);
  assertRefused(withPickle(Buffer.from('t')), /a mark before it/);
  assertRefused(withPickle(Buffer.alloc(1_000_001, 'N')), /a longer pickle/);
});

test('keys are names only: __proto__ is one, and a key twice is refused', () => {
  assert.deepEqual([...read(file([{ name: '__proto__' }], [STORAGE])).keys()], ['__proto__']);
  assertRefused(file([{ name: 'a' }, { name: 'a' }], [STORAGE]), /the key a/);
  assertRefused(withPickle(Buffer.from('}'), write.NONE, tensor({}), Buffer.from('s')), /the key null/);
});

test('names the format that it can read', () => {
  assertRefused(Buffer.from('PK\u0003\u0004 and more'), /PyTorch’s newer format, a zip file/);
  assertRefused(Buffer.concat([pickle(write.integer(5))]), /another file/);
});
