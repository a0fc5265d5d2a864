import { ConfigurationError } from '../domain/errors.js';

/** A run, its child, and a child of that. */
const MOST_PARTS = 3;

/**
 * Checks a run id or schedule id: a run's id names its folder, and a slash separates it from its child workflows.
 * @throws ConfigurationError
 */
export function assertId(field: string, id: string, maxLength = 200): void {
  if (/^[^./\\\s\p{Cc}\p{Cf}\p{Cs}][^/\\\s\p{Cc}\p{Cf}\p{Cs}]*$/u.test(id) && id.length <= maxLength) return;
  const received = JSON.stringify(id.length > maxLength ? `${id.slice(0, maxLength)}…` : id);
  throw new ConfigurationError(
    `${field}: received ${received}, expected 1 to ${maxLength} characters without slashes, spaces and control characters, the first not a dot`,
  );
}

/**
 * Checks the id of a run that is looked up, or of one of its child workflows: `clothes-20260301-7f3a/trial-2`.
 * @throws ConfigurationError
 */
export function assertRunOrChild(runId: string): void {
  const parts = runId.split('/');
  for (const part of parts.length <= MOST_PARTS ? parts : [runId]) assertId('run', part);
}
