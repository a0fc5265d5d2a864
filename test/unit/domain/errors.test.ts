import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as errors from '../../../domain/errors.js';

/** Another attempt may succeed: on another machine, later, or from a checkpoint. */
const WORTH_ANOTHER_TRY = [
  'StaleAttemptError',
  'StoreFullError',
  'StoreGoneError',
  'TransientError',
  'TrainerLostError',
];
/** A workflow makes few attempts. */
const FEW_TRIES = ['ArtifactMissingError', 'UnexpectedError'];
/** Its workflow calls the activity again. */
const HAND_OVER = ['HandedOverError'];
/** Another attempt would fail in the same way. */
const NOT_WORTH_ANOTHER_TRY = [
  'ConfigurationError',
  'DataError',
  'ModelError',
  'TrainingDivergedError',
  'MissingClassError',
  'CorruptArtifactError',
];

test('every error is classified as retryable or not', () => {
  const classes = Object.values(errors).filter((value) => typeof value === 'function');
  const names = classes.map(({ name }) => name).filter((name) => name !== 'ApprenticeError');
  assert.deepEqual(
    names.sort(),
    [...WORTH_ANOTHER_TRY, ...FEW_TRIES, ...HAND_OVER, ...NOT_WORTH_ANOTHER_TRY].sort(),
  );
  assert.deepEqual([...errors.FEW_ATTEMPTS_ERRORS].sort(), FEW_TRIES);
  assert.deepEqual([...errors.NON_RETRYABLE_ERRORS].sort(), [...NOT_WORTH_ANOTHER_TRY].sort());
});

test('an error’s name is its class name, which Temporal uses to classify it', () => {
  assert.equal(new errors.TrainerLostError('gone').name, 'TrainerLostError');
  assert.equal(new errors.TrainerLostError('gone').message, 'gone');
});
