import {
  ApprenticeError,
  ConfigurationError,
  CorruptArtifactError,
  DataError,
  PassingError,
  StoreFullError,
  UnexpectedError,
} from './errors.js';
import { messageOf, type SystemErrorKind, sortSystemError } from './system-errors.js';

const CLASSES: Readonly<Record<SystemErrorKind, typeof ApprenticeError>> = {
  data: DataError,
  configuration: ConfigurationError,
  corrupt: CorruptArtifactError,
  passing: PassingError,
};

/**
 * Turns an error of the system into one of ours, by its kind, and any other that is not ours into an UnexpectedError.
 * Ours stay.
 * @param where the step or the command, for the message
 */
export function sortError(error: unknown, where: string): ApprenticeError {
  if (error instanceof ApprenticeError && error.constructor !== ApprenticeError) return error;
  const sorted = sortSystemError(error);
  if (sorted && error instanceof Error) {
    const isFull = 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
    const Class = isFull ? StoreFullError : CLASSES[sorted.kind];
    return new Class(`${where}: ${messageOf(error)}: ${sorted.remedy}`, { cause: error });
  }
  const what = error instanceof Error ? `${error.name}: ${messageOf(error)}` : String(error);
  return new UnexpectedError(`${where}: unexpected ${what}`, { cause: error });
}
