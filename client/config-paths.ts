import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { isMapping, type Path } from '../domain/config/known-keys.js';

type Written = Readonly<Record<string, unknown>>;

/** Keys whose values name a model by line, run or folder. */
const REFERENCES = new Set(['from', 'model', 'teacher', 'teachers', 'models', 'baseline']);
/** Keys whose values are paths, by a property of the object that has them. */
const PATHS: readonly {
  readonly is: (value: Written) => boolean;
  readonly keys: readonly string[];
}[] = [
  { is: ({ format }) => typeof format === 'string', keys: ['path', 'paths', 'images', 'labels'] },
  { is: ({ labelled }) => typeof labelled === 'object', keys: ['answers'] },
  { is: ({ kind }) => kind === 'module' || kind === 'saved', keys: ['path'] },
];

/** Returns the base folder of the path at a place of the configuration. */
type FolderOf = (place: Path) => string;

/** Makes the paths of a configuration absolute, because workers have other current folders. */
export function withAbsolutePaths<Config>(config: Config, folder: string | FolderOf): Config {
  return absolute(config, typeof folder === 'string' ? () => folder : folder, []) as Config;
}

function absolute(value: unknown, folderOf: FolderOf, place: Path): unknown {
  if (Array.isArray(value)) return value.map((item, index) => absolute(item, folderOf, [...place, index]));
  if (!isMapping(value)) return value;
  const paths = PATHS.filter(({ is }) => is(value)).flatMap(({ keys }) => keys);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const change = paths.includes(key) ? inFolder : REFERENCES.has(key) ? modelFolderOrName : undefined;
      const there = [...place, key];
      return [key, change ? each(item, change, folderOf, there) : absolute(item, folderOf, there)];
    }),
  );
}

/** Changes a string or each string of a list; treats other values like {@link absolute}. */
function each(
  value: unknown,
  change: (text: string, folder: string) => string,
  folderOf: FolderOf,
  place: Path,
): unknown {
  if (typeof value === 'string') return change(value, folderOf(place));
  if (!Array.isArray(value)) return absolute(value, folderOf, place);
  return value.map((item, index) => each(item, change, folderOf, [...place, index]));
}

function inFolder(path: string, folder: string): string {
  return resolve(folder, path);
}

/** Resolves a model reference only if the path has a model.json: a line may have the same name as a data folder. */
function modelFolderOrName(name: string, folder: string): string {
  const path = resolve(folder, name);
  const isModel = basename(path) === 'model.json' ? existsSync(path) : existsSync(join(path, 'model.json'));
  return isModel ? path : name;
}
