import {
  ApprenticeError,
  ConfigurationError,
  CorruptArtifactError,
  DataError,
  StoreFullError,
  TransientError,
  UnexpectedError,
} from './errors.js';
import { classifySystemError, type SystemErrorKind } from './system-errors.js';

const CLASSES: Readonly<Record<SystemErrorKind, typeof ApprenticeError>> = {
  data: DataError,
  configuration: ConfigurationError,
  corrupt: CorruptArtifactError,
  full: StoreFullError,
  transient: TransientError,
};

/**
 * Turns an error of the system into one of ours, by its kind, and any other that is not ours into an UnexpectedError.
 * Ours stay.
 * @param where the step or the command, for the message
 */
export function classifyError(error: unknown, where: string): ApprenticeError {
  if (error instanceof ApprenticeError && error.constructor !== ApprenticeError) return error;
  const known = classifySystemError(error);
  if (known && error instanceof Error) {
    return new CLASSES[known.kind](`${where}: ${error.message}: ${known.remedy}`, { cause: error });
  }
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new UnexpectedError(`${where}: unexpected ${what}`, { cause: error });
}
