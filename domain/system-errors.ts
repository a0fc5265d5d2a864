/**
 * Classifies errors of the system and of Node by what helps: the one table for every step, for the store and for the command
 * line.
 */

/**
 * data and configuration: the user changes something. corrupt: bytes are broken. full: the disk has no space. transient: a
 * later attempt may succeed.
 */
export type SystemErrorKind = 'data' | 'configuration' | 'corrupt' | 'full' | 'transient';

interface Entry {
  readonly kind: SystemErrorKind;
  readonly remedy: string;
}

const entries = (kind: SystemErrorKind, remedy: string, ...codes: string[]) =>
  codes.map((code) => [code, { kind, remedy }] as const);

const TABLE: ReadonlyMap<string, Entry> = new Map<string, Entry>([
  ...entries('data', 'let the user that runs the workers read it, or leave it out', 'EACCES', 'EPERM'),
  ...entries(
    'data',
    'correct the path, or bring the file back',
    'ENOENT',
    'ENOTDIR',
    'EISDIR',
    'ENXIO',
    'ENODEV',
  ),
  ...entries('data', 'remove the links that lead to each other', 'ELOOP'),
  ...entries('data', 'shorten the names of files or folders', 'ENAMETOOLONG'),
  ...entries(
    'data',
    'correct the name: it has a character that the file system does not take',
    'EINVAL',
    'EILSEQ',
    'ERR_INVALID_ARG_VALUE',
  ),
  ...entries('data', 'use a smaller file', 'ERR_FS_FILE_TOO_LARGE', 'EOVERFLOW'),
  ...entries('configuration', 'raise the limit of file sizes (`ulimit -f`)', 'EFBIG'),
  ...entries(
    'configuration',
    'use a file system with hard links, on one device',
    'EXDEV',
    'ENOTSUP',
    'EOPNOTSUPP',
    'ENOSYS',
    'EMLINK',
  ),
  ...entries(
    'corrupt',
    'remove it, so that it is made again',
    'ERR_OUT_OF_RANGE',
    'ERR_BUFFER_OUT_OF_BOUNDS',
    'ERR_ENCODING_INVALID_ENCODED_DATA',
    'Z_DATA_ERROR',
    'Z_BUF_ERROR',
    'ERR_STRING_TOO_LONG',
  ),
  ...entries('full', 'make space', 'ENOSPC', 'EDQUOT'),
  ...entries('transient', 'make the file system writable again (`mount -o remount,rw`)', 'EROFS'),
  ...entries('transient', 'raise the limit of open files (`ulimit -n`)', 'EMFILE', 'ENFILE'),
  ...entries('transient', 'free memory', 'ENOMEM'),
  ...entries(
    'transient',
    'check the disk or the network',
    'EIO',
    'ESTALE',
    'ETIMEDOUT',
    'EBUSY',
    'EAGAIN',
    'EINTR',
    'ETXTBSY',
    'ENOTCONN',
    'ENOLINK',
    'EREMOTEIO',
    'EHOSTDOWN',
    'EHOSTUNREACH',
    'ENETDOWN',
    'ENETUNREACH',
    'ECONNREFUSED',
    'ECONNRESET',
    'ECONNABORTED',
    'EPIPE',
    'EAI_AGAIN',
  ),
]);

/** The kind and the remedy of an error of the system, or undefined for any other error. */
export function classifySystemError(error: unknown): Entry | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  return code === undefined ? undefined : TABLE.get(code);
}
