import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

type Written = Readonly<Record<string, unknown>>;

/** Keys that name a model: by line or run, or by a folder. */
const REFERENCES = new Set(['from', 'model', 'teacher', 'teachers', 'models', 'baseline']);
/** Sources of images, and networks from files, by what tells them apart. */
const PATHS: readonly {
  readonly is: (value: Written) => boolean;
  readonly keys: readonly string[];
}[] = [
  { is: ({ format }) => typeof format === 'string', keys: ['path', 'paths', 'images', 'labels'] },
  { is: ({ labelled }) => typeof labelled === 'object', keys: ['answers'] },
  { is: ({ kind }) => kind === 'module' || kind === 'saved', keys: ['path'] },
];

/** Makes the paths of a configuration absolute: workers have other current folders. */
export function withAbsolutePaths<Config>(config: Config, folder: string): Config {
  return absolute(config, folder) as Config;
}

function absolute(value: unknown, folder: string): unknown {
  if (Array.isArray(value)) return value.map((item) => absolute(item, folder));
  if (typeof value !== 'object' || value === null) return value;
  const written = value as Written;
  const paths = PATHS.filter(({ is }) => is(written)).flatMap(({ keys }) => keys);
  return Object.fromEntries(
    Object.entries(written).map(([key, item]) => {
      if (paths.includes(key)) return [key, each(item, (path) => resolve(folder, path))];
      if (REFERENCES.has(key)) return [key, each(item, (name) => folderOr(name, folder), folder)];
      return [key, absolute(item, folder)];
    }),
  );
}

/** A string, or each of several, changed; anything else as any other value. */
function each(value: unknown, change: (text: string) => string, folder = ''): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => each(item, change, folder));
  return absolute(value, folder);
}

/** The name of a model stays, unless there is a folder with a model in it, or its model.json: data may be called the same. */
function folderOr(name: string, folder: string): string {
  const path = resolve(folder, name);
  const isModel = basename(path) === 'model.json' ? existsSync(path) : existsSync(join(path, 'model.json'));
  return isModel ? path : name;
}

const SOURCE = '(data\\.(labelled|unlabelled|test)|real|old(\\.\\w+)*)';
const PATH_KEY = new RegExp(
  `^(data\\.answers(\\.\\d+)?|${SOURCE}\\.(path|images|labels|paths\\.\\d+)|models?(\\.\\d+)?\\.path)$`,
);

/** Whether a dotted key of a configuration holds a path. */
export function isPathKey(key: string): boolean {
  return PATH_KEY.test(key);
}
