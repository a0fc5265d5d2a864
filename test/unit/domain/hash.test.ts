import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashOfValue, sha256, sha256Bytes, startSha256 } from '../../../domain/hash.js';

/** FIPS 180-2, appendix B.1. */
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

test('sha256 gives the known digest, however its input is cut into parts', () => {
  assert.equal(sha256('abc'), ABC);
  assert.equal(sha256('a', new Uint8Array([98, 99])), ABC);
  assert.equal(sha256Bytes('ab', 'c').toString('hex'), ABC);
  assert.equal(startSha256('a').update('bc').digest('hex'), ABC);
});

test('the hash of a value depends on its content, not on the order of its keys', () => {
  assert.equal(hashOfValue({ a: 1, b: { c: 2, d: [3, 4] } }), hashOfValue({ b: { d: [3, 4], c: 2 }, a: 1 }));
  assert.notEqual(hashOfValue({ a: [1, 2] }), hashOfValue({ a: [2, 1] }));
  assert.equal(hashOfValue({ a: 1, b: undefined }), hashOfValue({ a: 1 }));
  assert.equal(hashOfValue(undefined), hashOfValue(undefined));
});
