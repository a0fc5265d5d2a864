import { dirname, resolve } from 'node:path';
import { isMapping } from '../../domain/config/known-keys.js';
import { ConfigurationError } from '../../domain/errors.js';
import { withAbsolutePaths } from '../config-paths.js';
import type { ConfigFile } from './document.js';

/**
 * A configuration with another file's settings in place of its own. A setting is replaced as a whole: that of the other
 * file's `student.augmentation` leaves nothing of the configuration's.
 * @throws ConfigurationError when the other file is no mapping
 */
export function withSettings(content: unknown, { path, content: written }: ConfigFile): unknown {
  // What is no mapping at all is refused as a whole, later.
  if (!isMapping(content)) return content;
  if (!isMapping(written)) {
    throw new ConfigurationError(`--with ${path}: expected keys and values, for example student`);
  }
  const other = withAbsolutePaths(written, dirname(resolve(path)));
  const sections = Object.entries(other).map(([section, settings]) => {
    const own = content[section];
    return [section, isMapping(own) && isMapping(settings) ? { ...own, ...settings } : settings] as const;
  });
  return { ...content, ...Object.fromEntries(sections) };
}

/** The last of some files that has the setting in which a path lies. */
export function settingFrom(
  keys: readonly PropertyKey[],
  files: readonly ConfigFile[],
): ConfigFile | undefined {
  return keys.length === 0 ? undefined : files.findLast((file) => file.has(keys.slice(0, 2)));
}
