import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readRunConfig } from '../../client/config-file.js';
import { type DataConfig, dataConfig } from '../../domain/config/data.js';
import { ConfigurationError, DataError } from '../../domain/errors.js';
import { keyedRandom } from '../../domain/random.js';
import { picturesByClass } from '../../learning/datasets/budget.js';
import { listData } from '../../learning/datasets/listing.js';
import { clothesConfig } from '../support/clothes.js';

/** The data of the bench, and its name in the report. */
export interface BenchData {
  readonly data: DataConfig;
  readonly name: string;
}

/** Share of test images of a folder without a test split. */
const TEST_SHARE = 0.2;
const VALIDATION_SHARE = 0.1;
const MOST_VALIDATION = 100;

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

/**
 * Opens the data of `--data`: the demo's by default, the data section of a config file, or a folder of class folders. A
 * folder with `train` and `test` is already split; of any other, a fifth of each class is held out for test, the same
 * fifth for all seeds.
 * @param side side in pixels to which a folder's images are resized
 * @param work a folder for the image lists of a split
 * @throws ConfigurationError, DataError
 */
export async function benchData(given: string | undefined, side: number, work: string): Promise<BenchData> {
  if (given === undefined) return { data: (await clothesConfig()).data, name: 'the demo’s, Fashion-MNIST' };
  const path = resolve(given);
  if (!(await isFolder(path))) {
    const { data, name } = await readRunConfig(path);
    if (!data.test) {
      throw new ConfigurationError(
        `${given}: data.test is missing, expected labelled images for the final evaluation`,
      );
    }
    return { data, name };
  }
  const image = { width: side, height: side };
  const [train, test] = [join(path, 'train'), join(path, 'test')];
  if ((await isFolder(train)) && (await isFolder(test))) {
    const split = dataConfig.parse({
      labelled: { format: 'class-folders', path: train },
      test: { format: 'class-folders', path: test },
      image,
    });
    return { data: await withValidation(split), name: given };
  }
  const whole = dataConfig.parse({
    labelled: { format: 'class-folders', path },
    validationPerClass: 1,
    image,
  });
  return { data: await withValidation(await withTest(whole, work)), name: given };
}

/** Up to 100 images per class, but at most a tenth of the smallest class. */
async function withValidation(data: DataConfig): Promise<DataConfig> {
  const smallest = await smallestClass({ ...data, validationPerClass: 1 });
  const validationPerClass = Math.max(1, Math.min(MOST_VALIDATION, Math.floor(VALIDATION_SHARE * smallest)));
  return { ...data, validationPerClass };
}

async function smallestClass(data: DataConfig): Promise<number> {
  const { classes, pictures } = await listData(data);
  const counts = picturesByClass(pictures.labelled.map(({ label }) => label));
  return Math.min(...classes.map((name) => counts.get(name) ?? 0));
}

/** Writes two lists, for training and for test; the split depends on the file names only. */
async function withTest(data: DataConfig, work: string): Promise<DataConfig> {
  const { classes, pictures } = await listData(data);
  const rows = { train: ['path,label'], test: ['path,label'] };
  for (const name of classes) {
    const ranked = pictures.labelled
      .filter(({ label }) => label === name)
      .map(({ name: path }) => ({ path, rank: keyedRandom('bench-test', path).word() }))
      .sort((first, second) => first.rank - second.rank);
    const inTest = Math.floor(TEST_SHARE * ranked.length);
    if (inTest === 0) {
      throw new DataError(`--data: class "${name}" has ${ranked.length} pictures, expected at least 5`);
    }
    ranked.forEach(({ path }, place) => {
      rows[place < inTest ? 'test' : 'train'].push([path, name].map(quoted).join());
    });
  }
  await mkdir(work, { recursive: true });
  const write = async (part: 'train' | 'test') => {
    const file = join(work, `${part}.csv`);
    await writeFile(file, `${rows[part].join('\n')}\n`);
    return { format: 'csv' as const, path: file, pathColumn: 'path', labelColumn: 'label' };
  };
  return { ...data, labelled: await write('train'), test: await write('test') };
}

function quoted(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}

/** Returns the budgets that leave unlabelled images in every class. */
export async function possibleBudgets(data: DataConfig, wanted: readonly number[]): Promise<number[]> {
  const smallest = await smallestClass({ ...data, labelsPerClass: 'all' });
  const possible = wanted.filter((labels) => data.validationPerClass + labels < smallest);
  if (possible.length > 0) return possible;
  throw new DataError(
    `--labels: received ${wanted.join(', ')}, but the smallest class has ${smallest} images, of which ${data.validationPerClass} are for validation: expected fewer labels`,
  );
}
