/**
 * The errors everyone shares. A class's name is its contract: Temporal sorts failures by that name
 * (see {@link NON_RETRYABLE_ERRORS}), so renaming one changes what is retried.
 */

/** Base of all errors whose message is written for the person who runs Apprentice. */
export class ApprenticeError extends Error {
  override get name(): string {
    return this.constructor.name;
  }
}

/** The configuration, or an argument, is wrong. Trying again cannot help. */
export class ConfigurationError extends ApprenticeError {}

/** The data cannot be used: missing, corrupt beyond the configured share, no classes… */
export class DataError extends ApprenticeError {}

/** A model does not fit its place: other classes, other input size, fewer parameters than its teacher. */
export class ModelError extends ApprenticeError {}

/** The loss became NaN or infinite. The same keyed randomness would lead there again. */
export class TrainingDivergedError extends ApprenticeError {}

/** A class has no confident image and the configuration says to fail then. */
export class MissingClassError extends ApprenticeError {}

/**
 * A newer attempt has taken over this step; the older one must not write any more. Retryable: whose result still
 * counts the server decides, and an attempt that woke up late may have claimed the step from the one that counts.
 */
export class StaleAttemptError extends ApprenticeError {}

/** There is nothing in the store under the key. */
export class ArtifactMissingError extends ApprenticeError {}

/** The store's disk is full. Once there is space again, another attempt goes on. */
export class StoreFullError extends ApprenticeError {}

/**
 * An artifact's bytes are not the ones that were written. Read again, they will be the same. Only a checkpoint is
 * passed over for the one before it, see storage/checkpoints.ts.
 */
export class CorruptArtifactError extends ApprenticeError {}

/** The process that did the work died or hung. Another attempt resumes from the last checkpoint. */
export class TrainerLostError extends ApprenticeError {}

/** Names of the errors that no retry can mend. */
export const NON_RETRYABLE_ERRORS: readonly string[] = [
  ConfigurationError.name,
  DataError.name,
  ModelError.name,
  TrainingDivergedError.name,
  MissingClassError.name,
  CorruptArtifactError.name,
];

/** Names of the errors that say what a person has given is wrong. */
export const WRONG_INPUT_ERRORS: readonly string[] = [
  ConfigurationError.name,
  DataError.name,
  ModelError.name,
];
