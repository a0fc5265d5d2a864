import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyedRandom, philox } from '../../../domain/random.js';

const hex = (words: readonly number[]) => words.map((word) => word.toString(16).padStart(8, '0')).join(' ');

test('philox gives the known answers of Random123', () => {
  assert.equal(hex(philox([0, 0, 0, 0], [0, 0])), '6627e8d5 e169c58d bc57ac4c 9b00dbd8');
  const ones = 0xffffffff;
  assert.equal(hex(philox([ones, ones, ones, ones], [ones, ones])), '408f276d 41c83b0e a20bc7c6 6d5451fd');
  assert.equal(
    hex(philox([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0])),
    'd16cfe09 94fdcceb 5001e420 24126ea1',
  );
});

test('a key gives the same numbers whatever was drawn before', () => {
  const once = keyedRandom(7, 'augment', 2, 31);
  const parent = keyedRandom(7, 'augment');
  parent.uniform();
  const again = parent.fork(2, 31);
  assert.deepEqual(
    Array.from({ length: 9 }, () => once.word()),
    Array.from({ length: 9 }, () => again.word()),
  );
});

test('neighbouring keys, and keys of other kinds, give different numbers', () => {
  const firsts = [
    keyedRandom(1, 2),
    keyedRandom(2, 1),
    keyedRandom(1, 3),
    keyedRandom(1),
    keyedRandom('1', 2),
    keyedRandom(1 + 2 ** 32, 2),
  ].map((random) => random.word());
  assert.equal(new Set(firsts).size, firsts.length);
});

test('a key part that is negative or fractional is refused by value', () => {
  assert.throws(() => keyedRandom(-1), /key part: received -1, expected an integer/);
  assert.throws(() => keyedRandom(0.5), /received 0.5/);
});

test('uniform and normal numbers have the moments of their distributions', () => {
  const random = keyedRandom(3, 'moments');
  const count = 20_000;
  const uniform = Array.from({ length: count }, () => random.uniform());
  const normal = Array.from({ length: count }, () => random.normal());
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = (values: number[]) => mean(values.map((value) => value ** 2)) - mean(values) ** 2;
  assert.ok(uniform.every((value) => value >= 0 && value < 1));
  assert.ok(Math.abs(mean(uniform) - 0.5) < 0.01 && Math.abs(variance(uniform) - 1 / 12) < 0.005);
  assert.ok(Math.abs(mean(normal)) < 0.03 && Math.abs(variance(normal) - 1) < 0.05);
});

test('a permutation holds every number once, and each place is as likely as another', () => {
  assert.deepEqual(
    [...keyedRandom(1, 'order').permutation(1000)].sort((a, b) => a - b),
    [...Array(1000).keys()],
  );
  const firstPlaces = Array.from({ length: 3000 }, (_, draw) => keyedRandom(draw).permutation(3)[0]!);
  for (const number of [0, 1, 2]) {
    const share = firstPlaces.filter((first) => first === number).length / firstPlaces.length;
    assert.ok(Math.abs(share - 1 / 3) < 0.04, `share of ${number}: ${share}`);
  }
});
