import { ApprenticeError, StoreFullError } from '../../domain/errors.js';

/** Whether it is a system error with one of the codes, for example `ENOENT`. */
export function hasCode(error: unknown, ...codes: string[]): boolean {
  return codes.includes((error as NodeJS.ErrnoException | undefined)?.code ?? '');
}

/** What a system error means for the one who runs the store. Our own errors stay as they are. */
export function explained(error: unknown, doing: string, key: string, url: string): unknown {
  if (error instanceof ApprenticeError || !(error instanceof Error)) return error;
  const what = `store ${url}: ${doing} "${key}"`;
  if (hasCode(error, 'ENOSPC', 'EDQUOT')) {
    return new StoreFullError(
      `${what} failed, the disk is full (or the quota used up): make space; finished runs that are no longer needed lie under runs/, and features of pictures, which are computed anew when they are wanted, under features/`,
      { cause: error },
    );
  }
  if (hasCode(error, 'EACCES', 'EPERM', 'EROFS')) {
    return new ApprenticeError(
      `${what} is not allowed (${error.message}): the user of the process needs to read and write there, on a file system with hard links`,
      { cause: error },
    );
  }
  if (hasCode(error, 'ENOTDIR', 'EISDIR', 'EEXIST')) {
    return new ApprenticeError(
      `${what} failed: an artifact's key may not be the beginning of another's path`,
      {
        cause: error,
      },
    );
  }
  return new ApprenticeError(`${what} failed: ${error.message}`, { cause: error });
}
