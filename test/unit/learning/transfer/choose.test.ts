import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TransferMeasures } from '../../../../domain/methods/transfer.js';
import { chooseMode } from '../../../../learning/transfer/choose.js';

const measures = (change: Partial<TransferMeasures>): TransferMeasures => ({
  labelsPerClass: 10,
  chance: 0.5,
  accuracy: 0.95,
  untrainedAccuracy: 0.8,
  similarity: 0.75,
  trainingAccuracy: 1,
  ...change,
});

test('few labels choose the head, many choose fine-tuning; similar data needs more labels', () => {
  assert.equal(chooseMode(measures({})).mode, 'head');
  assert.equal(chooseMode(measures({ similarity: 0.1 })).mode, 'fine-tune');
  assert.equal(chooseMode(measures({ labelsPerClass: 3, similarity: 0.1 })).mode, 'head');
  assert.equal(chooseMode(measures({ labelsPerClass: 50 })).mode, 'fine-tune');
});

test('features that do not separate the training images choose fine-tuning', () => {
  assert.equal(chooseMode(measures({ trainingAccuracy: 0.7 })).mode, 'fine-tune');
});

test('the reason names labels and accuracies', () => {
  const { reason } = chooseMode(measures({}));
  for (const part of ['10 labels per class', '95.0%', '75.0%', '80.0%'])
    assert.ok(reason.includes(part), reason);
  assert.match(
    chooseMode(measures({ labelsPerClass: 1, similarity: -0.2 })).reason,
    /1 label per class is fewer than.*no better/,
  );
});
