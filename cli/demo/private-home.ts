import { devNull } from 'node:os';
import { join } from 'node:path';
import { type Home, homeOf } from '../../storage/home.js';

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
  // The profile of the person's own configuration file would name a server too.
  const isolated = { ...own, TEMPORAL_CONFIG_FILE: devNull };
  const home = homeOf(isolated, environment['APPRENTICE_HOME'] || join('.apprentice', 'demo'));
  return { ...home, environment: isolated, data: join(home.folder, 'data') };
}
