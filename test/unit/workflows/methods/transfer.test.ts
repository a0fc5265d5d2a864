import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HeadTransfer, TransferResult } from '../../../../domain/methods/transfer.js';
import { chosen } from '../../../../workflows/methods/transfer.js';

const modelOf = (accuracy: number) => ({ validation: { accuracy } }) as HeadTransfer['model'];
const head = { model: modelOf(0.8), choice: { mode: 'fine-tune', reason: 'Many labels.' } } as const;
const tuned = (accuracy: number) => ({
  results: [{ way: 'fine-tune', model: modelOf(accuracy) } as TransferResult],
  failed: [],
});

test('auto keeps the head if fine-tuning was worse or failed', () => {
  assert.deepEqual(chosen({ mode: 'auto' }, head, tuned(0.9)), head.choice);
  assert.deepEqual(chosen({ mode: 'auto' }, head, tuned(0.7)), {
    mode: 'head',
    reason:
      'Many labels. But fine-tuning reached 70.00% on validation, the head alone 80.00%: the head is kept.',
  });
  const failed = [{ name: 'fine-tune', reason: 'loss: received NaN' }] as const;
  assert.deepEqual(chosen({ mode: 'auto' }, head, { results: [], failed }), {
    mode: 'head',
    reason: 'Many labels. But fine-tuning failed (loss: received NaN): the head is kept.',
  });
});

test('a configured way is taken without measurements', () => {
  assert.equal(chosen({ mode: 'fine-tune' }, head, tuned(0.1)).mode, 'fine-tune');
});
