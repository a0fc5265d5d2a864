import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigurationError } from '../../../../../domain/errors.js';
import { transferConfig } from '../../../../../domain/methods/transfer.js';
import { expectAugmentable } from '../../../../../learning/training/batches/expect-augmentable.js';

const GRAY = { height: 8, width: 8, channels: 1 } as const;

const transferOf = (change: object) =>
  transferConfig.parse({
    ...{ name: 'other', from: 'clothes', data: { labelled: { format: 'class-folders', path: 'x' } } },
    ...change,
  });

test('the augmentation of every training, from scratch too, must fit the images; the error names its field', () => {
  expectAugmentable(transferOf({}), GRAY);
  const coloured = { augmentation: { fill: [1, 2, 3] } };
  for (const role of ['training', 'scratch']) {
    assert.throws(
      () => expectAugmentable(transferOf({ [role]: coloured }), GRAY),
      (error: Error) =>
        error instanceof ConfigurationError && error.message.startsWith(`${role}.augmentation: `),
    );
  }
});
