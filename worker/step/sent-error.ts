import * as errors from '../../domain/errors.js';

/** An error on its way from one process to another. */
export interface SentError {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: SentError;
}

/** Chains of causes are short; a longer one is a circle. */
const DEEPEST_CAUSE = 5;

const CLASSES = new Map(
  Object.values(errors).flatMap((value) =>
    typeof value === 'function' && value.prototype instanceof Error
      ? [[value.name, value as typeof errors.ApprenticeError] as const]
      : [],
  ),
);

/** Takes an error apart for the way. */
export function packError(thrown: unknown, depth = 0): SentError {
  if (!(thrown instanceof Error)) return { name: 'Error', message: String(thrown) };
  const { name, message, stack, cause } = thrown;
  return {
    name,
    message,
    ...(stack !== undefined && { stack }),
    ...(cause !== undefined && depth < DEEPEST_CAUSE && { cause: packError(cause, depth + 1) }),
  };
}

/** Puts it together again: one of ours as its own class, any other as an Error with the name. */
export function unpackError({ name, message, stack, cause }: SentError): Error {
  const options = cause ? { cause: unpackError(cause) } : undefined;
  const Class = CLASSES.get(name);
  const error = Class ? new Class(message, options) : Object.assign(new Error(message, options), { name });
  if (stack !== undefined) error.stack = stack;
  return error;
}
