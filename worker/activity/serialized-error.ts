import * as errors from '../../domain/errors.js';

/** An error as plain data, to send it from one process to another. */
export interface SerializedError {
  readonly name: string;
  readonly message: string;
  /** Of a system error: ENOENT. */
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: SerializedError;
}

/** Limits chains of causes, which may be circular. */
const MAX_CAUSES = 5;

const CLASSES = new Map(
  Object.values(errors).flatMap((value) =>
    typeof value === 'function' && value.prototype instanceof Error
      ? [[value.name, value as typeof errors.ApprenticeError] as const]
      : [],
  ),
);

export function serializeError(thrown: unknown, depth = 0): SerializedError {
  if (!(thrown instanceof Error)) return { name: 'Error', message: String(thrown) };
  const { name, message, stack, cause } = thrown;
  const code = 'code' in thrown ? thrown.code : undefined;
  return {
    name,
    message,
    ...(typeof code === 'string' && { code }),
    ...(stack !== undefined && { stack }),
    ...(cause !== undefined && depth < MAX_CAUSES && { cause: serializeError(cause, depth + 1) }),
  };
}

/** Restores an error: one of ours with its own class, any other as an Error with the original name. */
export function deserializeError({ name, message, code, stack, cause }: SerializedError): Error {
  const options = cause ? { cause: deserializeError(cause) } : undefined;
  const Class = CLASSES.get(name);
  const error = Class ? new Class(message, options) : Object.assign(new Error(message, options), { name });
  if (code !== undefined) Object.assign(error, { code });
  if (stack !== undefined) error.stack = stack;
  return error;
}
