import { ConfigurationError } from '../domain/errors.js';
import type { Home } from '../domain/home.js';
import { readNamespace } from './home-namespace.js';
import { readServerFile } from './server-file.js';
import { type Environment, readTemporalSettings } from './settings.js';

type ConnectionOptions = ReturnType<typeof readTemporalSettings>['connectionOptions'];

/** A Temporal server, and how to connect to it. */
export interface ServerSettings {
  readonly options: ConnectionOptions & { readonly address: string };
  readonly namespace: string;
  /** The private server of a home: only that server has a namespace of this name. */
  readonly isPrivate: boolean;
  /** The namespace's pages in Temporal's UI, if the private server serves them. */
  readonly uiUrl?: string;
}

/** There is no server yet; the text says why, and the remedy. */
export interface NoServer {
  readonly missing: string;
  readonly isStarting: boolean;
}

export interface Wanted {
  readonly environment: Environment;
  readonly home: Home;
  /** Takes precedence over the environment. */
  readonly address?: string;
  readonly namespace?: string;
  readonly profile?: string;
}

const DEFAULT_NAMESPACE = 'default';

/**
 * Finds the server to use: the wanted or configured address, else the private server of the home. There is no default
 * address: whatever listens there may belong to another project.
 * @throws ConfigurationError if Temporal's environment variables are invalid, or if there is neither address nor home
 */
export function findServer(wanted: Wanted): ServerSettings | NoServer {
  const configured = configuredServer(wanted);
  if (!configured) {
    const own = privateServer(wanted.home);
    if (own) return own;
    throw new ConfigurationError(
      `Temporal server: none is configured, and ${wanted.home.folder} is no home of \`apprentice up\`: start \`apprentice up\` in this folder, go to the folder where it runs (or set APPRENTICE_HOME), or set TEMPORAL_ADDRESS to your server`,
    );
  }
  if (configured.namespace === undefined) {
    // The address of the home's own server may be given too.
    const own = privateServer(wanted.home);
    if (own && !('missing' in own) && isSame(own.options.address, configured.options.address)) return own;
  }
  return { ...configured, namespace: configured.namespace ?? DEFAULT_NAMESPACE, isPrivate: false };
}

function isSame(address: string, other: string): boolean {
  return address === other.replace(/^localhost:/, '127.0.0.1:');
}

/** The server of an address, an environment or a profile, if they name one. */
export function configuredServer({ environment, address: chosen, namespace, profile }: Omit<Wanted, 'home'>) {
  const { connectionOptions, namespace: named } = readTemporalSettings(environment, profile);
  const address = chosen ?? connectionOptions.address;
  return address ? { options: { ...connectionOptions, address }, namespace: namespace ?? named } : undefined;
}

/**
 * The private server of a home; undefined if `apprentice up` never ran there. A configured namespace or key without an
 * address does not apply to it.
 */
function privateServer(home: Home): ServerSettings | NoServer | undefined {
  const namespace = readNamespace(home);
  if (namespace === undefined) return undefined;
  const file = readServerFile(home);
  if (file?.address === undefined) {
    return file
      ? { missing: `the private server of ${home.folder} is starting`, isStarting: true }
      : { missing: `no private server runs in ${home.folder}`, isStarting: false };
  }
  const { address, uiUrl } = file;
  return { options: { address }, namespace, isPrivate: true, ...(uiUrl !== undefined && { uiUrl }) };
}
