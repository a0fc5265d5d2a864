import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';
import { payloadCodec } from '../../../connection/payload-codec.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (data: Uint8Array | null | undefined) => new TextDecoder().decode(data!);
const payloadOf = (value: unknown) => ({
  metadata: { encoding: bytes('json/plain'), messageType: bytes('kept') },
  data: bytes(JSON.stringify(value)),
});

const NAMES = Array.from({ length: 5000 }, (_, index) => `class number ${index}`);

test('small payloads stay readable', async () => {
  const small = payloadOf({ status: 'running' });
  assert.deepEqual(await payloadCodec.encode([small]), [small]);
  assert.deepEqual(await payloadCodec.decode([small]), [small]);
});

test('large payloads shrink, and come back unchanged', async () => {
  const large = payloadOf(Array.from({ length: 64 }, () => NAMES));
  const [encoded] = await payloadCodec.encode([large]);
  assert.equal(text(encoded!.metadata.encoding), 'binary/brotli');
  assert.ok(encoded!.data.byteLength < large.data.byteLength / 100, `${encoded!.data.byteLength} bytes`);
  const [decoded] = await payloadCodec.decode([encoded!]);
  assert.deepEqual(decoded!.metadata, large.metadata);
  assert.equal(text(decoded!.data), text(large.data));
});

test('payloads without data or metadata pass', async () => {
  assert.deepEqual(await payloadCodec.encode([{}]), [{}]);
  assert.deepEqual(await payloadCodec.decode([{ data: null, metadata: null }]), [
    { data: null, metadata: null },
  ]);
});

test('a payload that unpacks to gigabytes is refused', async () => {
  const bomb = {
    metadata: { encoding: bytes('binary/brotli'), 'inner-encoding': bytes('json/plain') },
    data: brotliCompressSync(Buffer.alloc(300 * 1024 * 1024), {
      params: { [constants.BROTLI_PARAM_QUALITY]: 0 },
    }),
  };
  await assert.rejects(payloadCodec.decode([bomb]), RangeError);
});
