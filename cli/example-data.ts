import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DataConfig, DataSource } from '../domain/config/data.js';
import { unpackOnce } from './demo/unpack-once.js';

/** The folder of the examples. */
export const EXAMPLES = fileURLToPath(new URL('../../examples', import.meta.url));

/**
 * Unpacks the example pictures unless they exist.
 * @param folder gets `fashion-mnist/train` and `fashion-mnist/test`
 * @param onProgress called with the unpacked share
 * @returns whether pictures were unpacked
 */
export function unpackExampleData(folder: string, onProgress: (share: number) => void): Promise<boolean> {
  const archive = join(EXAMPLES, 'fashion-mnist-25k.tar.gz');
  return unpackOnce({ archive, name: 'fashion-mnist', folder, onProgress });
}

/**
 * Moves the data paths of an example's configuration from `examples/data`, which may be read-only, to another folder.
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
