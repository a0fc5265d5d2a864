import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataSource } from '../../../domain/config/data.js';
import { DataError } from '../../../domain/errors.js';
import { listSource } from '../../../learning/datasets/sources/list-source.js';
import { noise } from '../../../test/support/picture-files.js';
import { chance, type Fuzzer, pick } from './fuzzer.js';
import { mutated } from './mutate.js';
import { readPictures } from './read-pictures.js';

const PIXELS = 3 * 32 * 32;
const VARIANTS = ['cifar10', 'cifar100'] as const;
const LABEL_BYTES = { cifar10: 1, cifar100: 2 };

/** Binary batches: cut, damaged, of the other variant, with labels out of range. */
export const cifar: Fuzzer = {
  refusals: [DataError],
  cpuSeconds: 2,
  async make(random) {
    const variant = pick(random, VARIANTS);
    const rows = Array.from({ length: random.integer(4) }, (_, number) => [
      ...Array.from({ length: LABEL_BYTES[variant] }, () => random.integer(chance(random, 0.1) ? 256 : 10)),
      ...noise(number, PIXELS),
    ]);
    const bytes = Buffer.from(rows.flat());
    return {
      'batch.bin': chance(random, 0.6) ? mutated(bytes, random) : bytes,
      variant: chance(random, 0.9) ? variant : pick(random, VARIANTS),
    };
  },
  async read(folder) {
    const variant = (await readFile(join(folder, 'variant'), 'utf8')) as (typeof VARIANTS)[number];
    const source = { format: 'cifar', variant, paths: [join(folder, 'batch.bin')] } satisfies DataSource;
    const context = { field: 'data.labelled', wantsLabels: true, watch: () => undefined } as const;
    return readPictures(await listSource(source, context));
  },
};
