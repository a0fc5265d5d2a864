import { delimiter, resolve } from 'node:path';
import { ConfigurationError } from './errors.js';

/** Variable with the folders from which networks' modules may load, separated like those of PATH. */
export const MODULES_VARIABLE = 'APPRENTICE_MODULES';

/**
 * The folders from which `kind: module` networks may load on this machine, as absolute paths.
 * @param folders those of `--modules`; APPRENTICE_MODULES by default, else the current folder
 * @throws ConfigurationError for an empty folder name or one with the separator
 */
export function moduleFoldersOf(
  environment: Readonly<Record<string, string | undefined>>,
  folders: readonly string[] = [],
): string[] {
  const listed = (environment[MODULES_VARIABLE] ?? '').split(delimiter).filter((folder) => folder !== '');
  const wrong = folders.find((folder) => folder.trim() === '' || folder.includes(delimiter));
  if (wrong !== undefined) {
    throw new ConfigurationError(
      `--modules: received ${JSON.stringify(wrong)}, expected a folder without "${delimiter}" in its name; repeat the option for more`,
    );
  }
  const chosen = folders.length > 0 ? folders : listed;
  return (chosen.length > 0 ? chosen : ['.']).map((folder) => resolve(folder));
}
