import { ConfigurationError } from '../domain/errors.js';

/**
 * Checks a run id or schedule id: a run's id names its folder, and a slash separates it from its child workflows.
 * @throws ConfigurationError
 */
export function assertId(field: string, id: string, maxLength = 200): void {
  if (/^[^./\\\s][^/\\\s]*$/.test(id) && id.length <= maxLength) return;
  throw new ConfigurationError(
    `${field}: received "${id}", expected at most ${maxLength} characters without slashes and spaces, the first not a dot`,
  );
}
