import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { extract } from 'tar';

const ARCHIVE = fileURLToPath(new URL('../../../../examples/fashion-mnist-25k.tar.gz', import.meta.url));

/** Numbers of a class's first pictures: `fashion-mnist/train/bag/0042.png` is the 43rd bag. */
const PICTURE = /^fashion-mnist\/(train|test)\/[^/]+\/(\d+)\.png$/;

/**
 * Unpacks the first real pictures of each of the ten classes.
 * @returns the folders of class folders
 */
export async function unpackFewClothes(
  folder: string,
  perClass: { readonly train: number; readonly test: number },
): Promise<{ readonly train: string; readonly test: string }> {
  await extract({
    file: ARCHIVE,
    cwd: folder,
    filter: (path) => {
      const [, part, number] = PICTURE.exec(path) ?? [];
      return part !== undefined && Number(number) < perClass[part as 'train' | 'test'];
    },
  });
  const [train, test] = ['train', 'test'].map((part) => join(folder, 'fashion-mnist', part));
  return { train: train!, test: test! };
}
