import { ApprenticeError } from '../domain/errors.js';

/** By the field of `data` that the readers of images know: where a person has given it. */
export type FieldNames = Readonly<Record<`data${string}`, string>>;

/**
 * Images that stand elsewhere in a configuration are read as `data`: what is wrong with them is said by the names of
 * their own fields.
 * @throws what the work throws, renamed
 */
export async function byFields<T>(names: FieldNames, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ApprenticeError)) throw error;
    const Kind = error.constructor as typeof ApprenticeError;
    throw new Kind(renamed(error.message, names), { cause: error });
  }
}

/** A field stands at the beginning of a message or behind a space or bracket; a folder of that name does not. */
function renamed(message: string, names: FieldNames): string {
  const field = /(?<=^|[\s(])data(?:\.\w+|(?=:))/g;
  return message.replaceAll(field, (name) => names[name as keyof FieldNames] ?? name);
}
