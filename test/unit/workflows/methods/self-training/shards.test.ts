import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { shardsOf, shouldReport } from '../../../../../workflows/methods/self-training/shards.js';

test('shards hold every image once, in order, and are never more than a history can hold', () => {
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

test('the last shard is always reported, and at most twenty of all', () => {
  for (const of of [1, 7, 20, 1000]) {
    const reported = Array.from({ length: of }, (_, index) => shouldReport(index + 1, of));
    assert.equal(reported.at(-1), true);
    assert.equal(reported.filter(Boolean).length, Math.min(of, 20));
  }
});
