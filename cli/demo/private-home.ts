import { type Home, homeOf } from '../../domain/home.js';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** The demo is to be tried anywhere: it uses no server and no store that are configured for real work. */
export interface PrivateHome extends Home {
  readonly environment: Environment;
  /** Of the example's pictures. */
  readonly data: string;
}

export function privateHome(environment: Environment): PrivateHome {
  const own = Object.fromEntries(
    Object.entries(environment).filter(([name]) => !/^(TEMPORAL_|APPRENTICE_STORE$)/.test(name)),
  );
  const home = homeOf(own, environment['APPRENTICE_HOME'] || join('.apprentice', 'demo'));
  return {
    ...home,
    // The person's own configuration file may name a server too; here is none.
    environment: { ...own, TEMPORAL_CONFIG_FILE: join(home.folder, 'no-temporal.toml') },
    data: join(home.folder, 'data'),
  };
}
