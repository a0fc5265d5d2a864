import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DataConfig, DataSource } from '../domain/config/data.js';
import { unpackOnce } from './demo/unpack-once.js';

/** Where the examples that ship with Apprentice are. */
export const EXAMPLES = fileURLToPath(new URL('../../examples', import.meta.url));

/**
 * Unpacks the example pictures, if they aren't there.
 * @param folder comes to hold `fashion-mnist/train` and `fashion-mnist/test`
 * @param onProgress is told the share that is done; not called when there is nothing to do
 * @returns whether there was anything to do
 */
export function unpackExampleData(folder: string, onProgress: (share: number) => void): Promise<boolean> {
  const archive = join(EXAMPLES, 'fashion-mnist-25k.tar.gz');
  return unpackOnce({ archive, name: 'fashion-mnist', folder, onProgress });
}

/**
 * The data of an example's configuration, taken from another folder than `examples/data`, which may not be written to:
 * Apprentice may be installed for all users.
 */
export function withExampleData(data: DataConfig, folder: string): DataConfig {
  const beside = join(EXAMPLES, 'data');
  const move = <S extends DataSource>(source: S): S =>
    'path' in source && source.path.startsWith(beside)
      ? { ...source, path: join(folder, source.path.slice(beside.length)) }
      : source;
  const { labelled, unlabelled, test } = data;
  return {
    ...data,
    labelled: move(labelled),
    ...(unlabelled && { unlabelled: move(unlabelled) }),
    ...(test && { test: move(test) }),
  };
}
