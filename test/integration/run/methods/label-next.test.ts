import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import sharp from 'sharp';
import { saveChoice } from '../../../../cli/methods/label-next/save.js';
import { readChosen } from '../../../../client/local-store.js';
import {
  assertRefused,
  type Change,
  clothes,
  execution,
  type MethodConfig,
  reportOf,
  running,
  storeOf,
} from './shared.js';

describe('label-next', () => {
  before(clothes);

  function configOf(change: Change<'label-next'> = {}): MethodConfig<'label-next'> {
    const { data } = running.config;
    return { method: 'label-next', name: 'next', data, model: 'few-clothes', execution, ...change };
  }

  test('the images to label come as a list; with their labels filled in, it starts the next run', async () => {
    const report = await reportOf('next', configOf({ count: 15 }));
    const store = storeOf();
    const chosen = await readChosen(store, report.chosenKey);
    assert.equal(new Set(chosen.map(({ path }) => path)).size, 15);
    assert.equal(
      report.byClass.reduce((sum, count) => sum + count, 0),
      15,
    );
    const file = join(running.home, 'list', 'next.csv');
    await saveChoice(report, file, store);
    assert.equal((await sharp(join(running.home, 'list', 'next.png')).metadata()).format, 'png');
    const [head, ...rows] = (await readFile(file, 'utf8')).trim().split('\n');
    assert.equal(head, 'path,label,guess,confidence,reason');
    // The folder gives the label: `…/train/bag/0030.png,,shirt,…`
    const filled = rows.map((row) => row.replace(/^([^,]*\/([^/,]+)\/[^/,]+),,/, '$1,$2,'));
    await writeFile(file, `${[head, ...filled].join('\n')}\n`);
    const data = { ...running.config.data, answers: file };
    const { teacher, student: _, ...config } = running.config;
    const { dataset } = await reportOf('next-run', {
      ...{ ...config, method: 'self-training', name: 'next-clothes', data, generations: 0, execution },
      teacher: { ...teacher, steps: 2, evaluations: 1 },
    });
    assert.deepEqual(dataset.counts, { labelled: 115, validation: 100, unlabelled: 400 - 215, test: 100 });
    const rest = await reportOf('rest', configOf({ data, count: 20 }));
    const after = (await readChosen(store, rest.chosenKey)).map(({ path }) => path);
    assert.ok(chosen.every(({ path }) => !after.includes(path)));
  });

  test('a choice that cannot be is refused, by the name of its field', async () => {
    const all = { ...running.config.data, labelsPerClass: 'all' as const };
    await assertRefused(undefined, {
      'next-nobody': [
        configOf({ model: 'nobody' }),
        /model: received "nobody", expected a folder with model\.json/,
      ],
      'next-many': [configOf({ count: 5000 }), /count: received 5000, expected at most 200/],
      'next-none': [configOf({ data: all }), /data\.unlabelled: received no images, .* to choose from/],
    });
  });
});
