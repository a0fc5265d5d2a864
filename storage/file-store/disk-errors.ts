import {
  ApprenticeError,
  ConfigurationError,
  StoreFullError,
  TransientError,
  UnexpectedError,
} from '../../domain/errors.js';
import { classifySystemError } from '../../domain/system-errors.js';

/** Whether an error is a system error with one of the codes, for example `ENOENT`. */
export function hasCode(error: unknown, ...codes: string[]): boolean {
  return codes.includes((error as NodeJS.ErrnoException | undefined)?.code ?? '');
}

/** Explains a system error with its remedy. Returns our own errors unchanged. */
export function explainDiskError(error: unknown, doing: string, key: string, url: string): unknown {
  if (error instanceof ApprenticeError || !(error instanceof Error)) return error;
  const what = `store ${url}: ${doing} "${key}"`;
  const known = classifySystemError(error);
  if (known?.kind === 'full') {
    return new StoreFullError(
      `${what} failed, the disk is full (or the quota used up): make space: delete finished runs that you no longer need under runs/, or the image features under features/, which are computed again when needed`,
      { cause: error },
    );
  }
  if (hasCode(error, 'EACCES', 'EPERM')) {
    return new ConfigurationError(
      `${what} is not allowed (${error.message}): the process's user needs read and write access, on a file system with hard links`,
      { cause: error },
    );
  }
  if (hasCode(error, 'ENOTDIR', 'EISDIR', 'EEXIST')) {
    return new ConfigurationError(
      `${what} failed: one artifact's key may not be a folder of another's: move the folder or file in its way aside`,
      {
        cause: error,
      },
    );
  }
  if (!known) return new UnexpectedError(`${what} failed: ${error.message}`, { cause: error });
  const Class = known.kind === 'transient' ? TransientError : ConfigurationError;
  return new Class(`${what} failed (${error.message}): ${known.remedy}`, { cause: error });
}
