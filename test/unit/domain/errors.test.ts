import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as errors from '../../../domain/errors.js';

/** Another attempt may come further: on another machine, later, or from a checkpoint. */
const WORTH_ANOTHER_TRY = ['StaleAttemptError', 'ArtifactMissingError', 'StoreFullError', 'TrainerLostError'];
/** The same again would come of it. */
const NOT_WORTH_ANOTHER_TRY = [
  'ConfigurationError',
  'DataError',
  'ModelError',
  'TrainingDivergedError',
  'MissingClassError',
  'CorruptArtifactError',
];

test('every error is known to be worth another try, or not to be', () => {
  const classes = Object.values(errors).filter((value) => typeof value === 'function');
  const names = classes.map(({ name }) => name).filter((name) => name !== 'ApprenticeError');
  assert.deepEqual(names.sort(), [...WORTH_ANOTHER_TRY, ...NOT_WORTH_ANOTHER_TRY].sort());
  assert.deepEqual([...errors.NON_RETRYABLE_ERRORS].sort(), [...NOT_WORTH_ANOTHER_TRY].sort());
});

test('an error is called by its class, which is how Temporal sorts it', () => {
  assert.equal(new errors.TrainerLostError('gone').name, 'TrainerLostError');
  assert.equal(new errors.TrainerLostError('gone').message, 'gone');
});
