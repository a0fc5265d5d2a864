import {
  ApprenticeError,
  ConfigurationError,
  PassingError,
  StoreFullError,
  UnexpectedError,
} from '../../domain/errors.js';
import { messageOf, sortSystemError } from '../../domain/system-errors.js';

/** Whether an error is a system error with one of the codes, for example `ENOENT`. */
export function hasCode(error: unknown, ...codes: string[]): boolean {
  return codes.includes((error as NodeJS.ErrnoException | undefined)?.code ?? '');
}

/** Explains a system error with its remedy. Returns our own errors unchanged. */
export function explainDiskError(error: unknown, doing: string, key: string, url: string): unknown {
  if (error instanceof ApprenticeError || !(error instanceof Error)) return error;
  const what = `store ${url}: ${doing} "${key}"`;
  if (hasCode(error, 'ENOSPC', 'EDQUOT')) {
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
  const sorted = sortSystemError(error);
  if (!sorted) return new UnexpectedError(`${what} failed: ${messageOf(error)}`, { cause: error });
  const Class = sorted.kind === 'passing' ? PassingError : ConfigurationError;
  return new Class(`${what} failed (${messageOf(error)}): ${sorted.remedy}`, { cause: error });
}
