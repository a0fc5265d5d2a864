import { loadClientConnectConfig } from '@temporalio/envconfig';
import { ConfigurationError } from '../domain/errors.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads Temporal's environment variables (TEMPORAL_ADDRESS, TEMPORAL_PROFILE, …) and its configuration file.
 * @param profile of the configuration file; TEMPORAL_PROFILE by default
 * @throws ConfigurationError if they are invalid
 */
export function readTemporalSettings(environment: Environment, profile?: string) {
  const defined = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  try {
    return loadClientConnectConfig({
      overrideEnvVars: Object.fromEntries(defined),
      ...(profile && { profile }),
    });
  } catch (error) {
    // An unknown profile, a file that is not TOML, or an unreadable certificate.
    throw new ConfigurationError(
      `Temporal's settings: ${(error as Error).message}: correct TEMPORAL_PROFILE, the other TEMPORAL_ variables, or Temporal's configuration file`,
      { cause: error },
    );
  }
}
