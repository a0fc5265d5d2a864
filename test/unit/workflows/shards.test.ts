import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { shardsOf, shouldTell } from '../../../workflows/shards.js';

test('shards hold every image once, in order, and are never more than a history bears', () => {
  fc.assert(
    fc.property(fc.nat(3_000_000), fc.integer({ min: 100, max: 50_000 }), (images, size) => {
      const shards = shardsOf(images, size);
      let next = 0;
      for (const shard of shards) {
        assert.equal(shard.first, next);
        assert(shard.images > 0);
        next += shard.images;
      }
      assert.equal(next, images);
      assert(shards.length <= 1000);
    }),
  );
});

test('the last shard is always told, and few others', () => {
  for (const of of [1, 7, 20, 1000]) {
    const told = Array.from({ length: of }, (_, index) => shouldTell(index + 1, of));
    assert.equal(told.at(-1), true);
    assert.equal(told.filter(Boolean).length, Math.min(of, 20));
  }
});
