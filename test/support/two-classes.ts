/** A prepared data set of twelve 8x8 pictures, in two classes. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import type { ArtifactStore } from '../../domain/artifact-store.js';
import { type SelfTrainingConfig, selfTrainingConfig } from '../../domain/methods/self-training.js';
import type { DatasetRecord } from '../../domain/records.js';
import { prepareDataset } from '../../learning/datasets/prepare.js';
import { runKeys } from '../../storage/keys.js';
import { openStore } from '../../storage/open-store.js';

const SIDE = 8;
const COUNT = 12;

export interface TwoClasses {
  /** Removed after the tests. */
  readonly folder: string;
  readonly store: ArtifactStore;
  readonly config: SelfTrainingConfig;
  /** Two pictures of each class are labelled, two more of each are for validation, four are unlabelled. */
  readonly dataset: DatasetRecord;
}

/** MNIST's format: big-endian sizes, then bytes. */
function idx(sizes: readonly number[], bytes: Uint8Array): Uint8Array {
  const header = Buffer.alloc(4 + 4 * sizes.length);
  header.writeUInt16BE(0x0800 + sizes.length, 2);
  sizes.forEach((size, axis) => {
    header.writeUInt32BE(size, 4 + 4 * axis);
  });
  return Buffer.concat([header, bytes]);
}

export async function twoClasses(runId = 'a'): Promise<TwoClasses> {
  const folder = await mkdtemp(join(tmpdir(), 'apprentice-two-classes-'));
  after(() => rm(folder, { recursive: true, force: true }));
  const store = openStore(join(folder, 'store'));
  const [images, labels] = [join(folder, 'images'), join(folder, 'labels')];
  const pixels = Uint8Array.from(
    { length: COUNT * SIDE * SIDE },
    (_, index) => Math.floor(index / (SIDE * SIDE)) * 9,
  );
  await writeFile(images, idx([COUNT, SIDE, SIDE], pixels));
  const numbers = Uint8Array.from({ length: COUNT }, (_, index) => index % 2);
  await writeFile(labels, idx([COUNT], numbers));
  const config = selfTrainingConfig.parse({
    name: 'two',
    data: {
      labelled: { format: 'idx', images, labels, classes: ['bag', 'シャツ'] },
      labelsPerClass: 2,
      validationPerClass: 2,
    },
  });
  const dataset = await prepareDataset({
    data: config.data,
    seed: 0,
    store,
    keys: runKeys(runId),
    onProgress: () => undefined,
    signal: new AbortController().signal,
  });
  return { folder, store, config, dataset };
}
