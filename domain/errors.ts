/**
 * The errors of all folders. Class names are a contract: Temporal classifies failures by name
 * (see {@link NON_RETRYABLE_ERRORS}), so renaming a class changes what is retried.
 */

/** Base of all errors whose message is written for the person who runs Apprentice. */
export class ApprenticeError extends Error {
  override get name(): string {
    return this.constructor.name;
  }
}

/** The configuration or an argument is wrong. A retry cannot help. */
export class ConfigurationError extends ApprenticeError {}

/** The data cannot be used: missing, corrupt beyond the configured share, no classes… */
export class DataError extends ApprenticeError {}

/** A model does not fit: other classes, another input shape, fewer parameters than its teacher. */
export class ModelError extends ApprenticeError {}

/** The loss became NaN or infinite. A retry has the same keyed randomness and would diverge again. */
export class TrainingDivergedError extends ApprenticeError {}

/** A class has no confident image and `pseudoLabels.missingClass` is `fail`. */
export class MissingClassError extends ApprenticeError {}

/**
 * A newer attempt has taken over this activity; the older one must not write any more. Retryable: the server decides
 * which attempt counts, and a late attempt may have taken over from the one that does.
 */
export class StaleAttemptError extends ApprenticeError {}

/** The store has no artifact under the key. */
export class ArtifactMissingError extends ApprenticeError {}

/** The store's disk is full. A retry continues once there is space. */
export class StoreFullError extends ApprenticeError {}

/**
 * The store's folder is not there (not mounted, moved, removed), or holds another store. A retry continues once the
 * right one is back.
 */
export class StoreGoneError extends ApprenticeError {}

/** A problem of the disk, the network or the machine that may pass. */
export class TransientError extends ApprenticeError {}

/** An error that nobody foresaw: a mistake of Apprentice, of a module, or of a library. */
export class UnexpectedError extends ApprenticeError {}

/** The process that did the work ends as planned, and has saved: the work goes on elsewhere and loses no attempt. */
export class HandedOverError extends ApprenticeError {}

/**
 * An artifact's bytes differ from those written; reading again cannot help. A corrupt checkpoint is skipped in favour
 * of the previous one, see storage/checkpoints.ts.
 */
export class CorruptArtifactError extends ApprenticeError {}

/** The process that did the work died or hung. Another attempt resumes from the last checkpoint. */
export class TrainerLostError extends ApprenticeError {}

/** Names of the errors that no retry can fix. */
export const NON_RETRYABLE_ERRORS: readonly string[] = [
  ConfigurationError.name,
  DataError.name,
  ModelError.name,
  TrainingDivergedError.name,
  MissingClassError.name,
  CorruptArtifactError.name,
];

/** Names of the errors that seldom pass: a workflow makes few attempts. An artifact may reach a shared disk late. */
export const FEW_ATTEMPTS_ERRORS: readonly string[] = [UnexpectedError.name, ArtifactMissingError.name];

/** Names of the errors that report wrong user input. */
export const WRONG_INPUT_ERRORS: readonly string[] = [
  ConfigurationError.name,
  DataError.name,
  ModelError.name,
];
