import { dirname, resolve } from 'node:path';
import type { Path } from '../domain/config/known-keys.js';
import type { ConfigOf, MethodName, RunConfig } from '../domain/methods.js';
import { parseRunConfig } from '../domain/parse-run-config.js';
import { readConfigFile } from './config-file/document.js';
import { applyOverrides, overrideOf, overrideWithin } from './config-file/overrides.js';
import { settingFrom, withSettings } from './config-file/settings.js';
import { withAbsolutePaths } from './config-paths.js';

export interface ReadOptions<Name extends MethodName> {
  /** For example `student.steps=500`; values are YAML. */
  readonly overrides?: readonly string[];
  /** Files whose settings replace those of the first, for example a search's best policy. */
  readonly others?: readonly string[];
  /** Accepts this method only; the file may then omit `method`. */
  readonly only?: Name | undefined;
}

/**
 * Reads and checks the configuration of a run and fills in the defaults. Relative paths are resolved against the file's
 * folder, those of overrides against the current folder.
 * @param path a YAML or JSON file
 * @throws ConfigurationError listing every problem with line and column, or if the file can't be read or parsed
 */
export async function readRunConfig<Name extends MethodName = MethodName>(
  path: string,
  { overrides = [], others = [], only }: ReadOptions<Name> = {},
): Promise<MethodName extends Name ? RunConfig : ConfigOf<Name>> {
  const [file, ...more] = await Promise.all([path, ...others].map(readConfigFile));
  const content = applyOverrides(more.reduce(withSettings, file!.content), overrides);
  const config = parseRunConfig(content, { name: path, position: (keys) => positionOf(keys) }, only);
  const folder = dirname(resolve(path));
  return withAbsolutePaths(config, (place) => (overrideOf(place, overrides) ? process.cwd() : folder));

  function positionOf(keys: Path): string | undefined {
    const source = settingFrom(keys, more) ?? file!;
    // A key in none of the files comes from an override of a key below it: `--set modles[0].width=32`.
    const override =
      overrideOf(keys, overrides) ?? (source.has(keys) ? undefined : overrideWithin(keys, overrides));
    return override === undefined ? source.placeOf(keys) : `--set ${override}:`;
  }
}
