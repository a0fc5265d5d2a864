import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { extract } from 'tar';
import type { DataConfig, DataSource } from '../domain/config/data.js';

/** Where the examples that ship with Apprentice are. */
export const EXAMPLES = fileURLToPath(new URL('../../examples', import.meta.url));

const ARCHIVE = join(EXAMPLES, 'fashion-mnist-25k.tar.gz');
const FOLDER = 'fashion-mnist';
/** Begins with a dot, so that nobody takes what is unpacked by half for pictures. */
const ASIDE = '.unpacking-';

/**
 * Unpacks the example pictures once; whole or not at all, however it is interrupted.
 * @param folder comes to hold `fashion-mnist/train` and `fashion-mnist/test`
 * @param onProgress is told the share that is done; not called when there is nothing to do
 */
export async function unpackExampleData(folder: string, onProgress: (share: number) => void): Promise<void> {
  const target = join(folder, FOLDER);
  if (await isThere(target)) return;
  onProgress(0);
  await mkdir(folder, { recursive: true });
  await sweep(folder);
  const aside = join(folder, `${ASIDE}${process.pid}`);
  await mkdir(aside);
  try {
    const { size } = await stat(ARCHIVE);
    const archive = createReadStream(ARCHIVE);
    let read = 0;
    archive.on('data', (chunk) => {
      read += chunk.length;
      onProgress(read / size);
    });
    await pipeline(archive, extract({ cwd: aside, strict: true }));
    await rename(join(aside, FOLDER), target);
  } catch (error) {
    // Another process was quicker.
    if (!(await isThere(target))) throw error;
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/**
 * An example's configuration, read from where Apprentice lies, with its data taken from `folder`: that may be written
 * to, other than an installed package.
 */
export function withExampleData(data: DataConfig, folder: string): DataConfig {
  const shipped = join(EXAMPLES, 'data');
  const move = <S extends DataSource>(source: S): S =>
    'path' in source && source.path.startsWith(shipped)
      ? { ...source, path: join(folder, source.path.slice(shipped.length)) }
      : source;
  const { labelled, unlabelled, test } = data;
  return {
    ...data,
    labelled: move(labelled),
    ...(unlabelled && { unlabelled: move(unlabelled) }),
    ...(test && { test: move(test) }),
  };
}

/** Removes what killed processes have left. */
async function sweep(folder: string): Promise<void> {
  const left = (await readdir(folder)).filter((name) => name.startsWith(ASIDE));
  for (const name of left) {
    if (!isAlive(Number(name.slice(ASIDE.length))))
      await rm(join(folder, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return pid !== process.pid;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
