import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { extract } from 'tar';
import type { ConfigInputOf } from '../../domain/methods.js';

const ARCHIVE = fileURLToPath(new URL('../../../examples/fashion-mnist-25k.tar.gz', import.meta.url));

/** Numbers of a class's first pictures: `fashion-mnist/train/bag/0042.png` is the 43rd bag. */
const PICTURE = /^fashion-mnist\/(train|test)\/[^/]+\/(\d+)\.png$/;

export interface FewClothes {
  readonly train: string;
  readonly test: string;
}

/** A teacher and one student on them: tiny, quick, and with a checkpoint after every step. */
export function fewClothesConfig(
  { train, test }: FewClothes,
  training: { readonly steps: number; readonly evaluations: number },
) {
  const often = { ...training, batchSize: 16, checkpointSeconds: 0 };
  return {
    name: 'few-clothes',
    generations: 1,
    data: {
      labelled: { format: 'class-folders', path: train },
      test: { format: 'class-folders', path: test },
      labelsPerClass: 10,
      validationPerClass: 10,
    },
    models: [{ kind: 'residual', width: 4, stages: 2 }],
    teacher: often,
    student: { ...often, unlabelledRatio: 1 },
    pseudoLabels: { shardSize: 120, threshold: 0 },
  } satisfies ConfigInputOf<'self-training'>;
}

/**
 * Unpacks the first real pictures of each of the ten classes.
 * @returns the folders of class folders
 */
export async function unpackFewClothes(
  folder: string,
  perClass: { readonly train: number; readonly test: number },
): Promise<FewClothes> {
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
