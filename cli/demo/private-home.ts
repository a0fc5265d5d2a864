import { join } from 'node:path';
import { type Home, homeOf } from '../../domain/home.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** The home folder of the demo, which never uses a server or store that is configured for real work. */
export interface PrivateHome extends Home {
  readonly environment: Environment;
  /** The folder of the example's pictures. */
  readonly data: string;
}

export function privateHome(environment: Environment): PrivateHome {
  const own = Object.fromEntries(
    Object.entries(environment).filter(([name]) => !/^(TEMPORAL_|APPRENTICE_STORE$)/.test(name)),
  );
  const home = homeOf(own, environment['APPRENTICE_HOME'] || join('.apprentice', 'demo'));
  return {
    ...home,
    // Replaces the user's Temporal configuration file, which may name a server; this file does not exist.
    environment: { ...own, TEMPORAL_CONFIG_FILE: join(home.folder, 'no-temporal.toml') },
    data: join(home.folder, 'data'),
  };
}
