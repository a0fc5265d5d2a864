import assert from 'node:assert/strict';
import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { dataConfig } from '../../../../domain/config/data.js';
import { nameImages } from '../../../../learning/datasets/image-names.js';
import { prepareDataset } from '../../../../learning/datasets/prepare.js';
import { realImages } from '../../../../learning/datasets/real-images.js';
import { runKeys } from '../../../../storage/keys.js';
import { openStore } from '../../../../storage/open-store.js';
import { placeClasses, temporaryFolder } from '../../../support/picture-files.js';

test('pictures that were labelled later are no longer real images', async (context) => {
  const folder = await temporaryFolder(context);
  const store = openStore(join(folder, 'store'));
  const path = await placeClasses(join(folder, 'labelled'), { bag: 4, boot: 4 });
  const field = await placeClasses(join(folder, 'real'), { field: 5 }, 20);
  // Two of the real ones, as answers make them: labelled pictures like any other.
  const answered = (await readdir(join(field, 'field'))).sort().slice(0, 2);
  await mkdir(join(path, 'bag'), { recursive: true });
  for (const name of answered) await cp(join(field, 'field', name), join(path, 'bag', `answered-${name}`));

  const labelled = { format: 'class-folders', path } as const;
  const unlabelled = { format: 'class-folders', path: field } as const;
  const prepare = (name: string, data: object, more: object = {}) => {
    const { signal } = new AbortController();
    const request = { data: dataConfig.parse(data), seed: 1, store, keys: runKeys(name) };
    return prepareDataset({ ...request, onProgress: () => undefined, signal, ...more });
  };
  // As after a process that died before it had stored the names.
  await prepare('own', { labelled, validationPerClass: 1 });
  await store.remove(runKeys('own').names);
  const own = await prepare('own', { labelled, validationPerClass: 1 });
  // Prepared without the label file, so its split does not know these labels.
  const before = await placeClasses(join(folder, 'before'), { bag: 4, boot: 4 });
  const data = { labelled: { format: 'class-folders', path: before }, validationPerClass: 1, unlabelled };
  const real = await prepare('real', data, { unlabelledOfAnyClass: true });
  assert.equal(real.counts.unlabelled, 5);
  assert.ok((await nameImages(own, runKeys('own').names, store)).labelled(0).endsWith('.png'));

  // Names stay those of the preparation, even if files come and go.
  await cp(join(field, 'field', answered[0]!), join(field, 'field', 'zz.png'));
  await rm(join(field, 'field', answered[0]!));
  const names = await nameImages(real, runKeys('real').names, store);
  await assert.rejects(nameImages(real, 'runs/other/names', store), /^ArtifactMissingError/);
  const left = (await realImages(real, own, store)).map((position) => names.unlabelled(position));
  assert.equal(left.length, 3);
  assert.ok(left.every((name) => !answered.some((file) => name.endsWith(file))));
});
