import { ConfigurationError } from '../domain/errors.js';

/**
 * An id of a run, or what one begins with: it names a folder, and what comes after a slash would be a generation.
 * @param longest characters
 * @throws ConfigurationError
 */
export function assertId(what: string, id: string, longest = 200): void {
  if (/^[^./\\\s][^/\\\s]*$/.test(id) && id.length <= longest) return;
  throw new ConfigurationError(
    `${what}: received "${id}", expected at most ${longest} characters without slashes and spaces, the first not a dot`,
  );
}
