import { dirname, resolve } from 'node:path';
import { isMapping } from '../../domain/config/known-keys.js';
import { ConfigurationError } from '../../domain/errors.js';
import { withAbsolutePaths } from '../config-paths.js';
import type { ConfigFile } from './document.js';

/**
 * Replaces settings of a configuration by those of another file. A setting such as `student.augmentation` is replaced
 * as a whole.
 * @throws ConfigurationError if the other file is not a mapping
 */
export function withSettings(content: unknown, { path, content: written }: ConfigFile): unknown {
  // The schema refuses an input that is not a mapping.
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

/** Returns the last file that has the setting at a path. */
export function settingFrom(
  keys: readonly PropertyKey[],
  files: readonly ConfigFile[],
): ConfigFile | undefined {
  return keys.length === 0 ? undefined : files.findLast((file) => file.has(keys.slice(0, 2)));
}
