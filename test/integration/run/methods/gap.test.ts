import assert from 'node:assert/strict';
import { copyFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { before, describe, test } from 'node:test';
import sharp from 'sharp';
import { saveGap } from '../../../../cli/methods/gap/save.js';
import type { GapReport } from '../../../../domain/methods/gap.js';
import {
  assertRefused,
  type Change,
  clothes,
  execution,
  type MethodConfig,
  reportOf,
  reportOfKilled,
  running,
  storeOf,
} from './shared.js';

describe('gap', () => {
  let near: GapReport;

  before(async () => {
    await clothes();
    near = await reportOf('near', configOf());
  });

  function configOf(change: Change<'gap'> = {}): MethodConfig<'gap'> {
    const { data } = running.config;
    const sizes = { sample: 100, permutations: 99, shown: 12 };
    return { method: 'gap', name: 'gap', data, model: 'few-clothes', ...sizes, execution, ...change };
  }

  /** The unlabelled pictures as negatives, in a folder whose name is no class. */
  async function inverted(): Promise<string> {
    const { labelled } = running.config.data as { labelled: { path: string } };
    const root = join(running.home, 'inverted');
    const folder = join(root, 'field');
    await mkdir(folder, { recursive: true });
    for (const kind of await readdir(labelled.path)) {
      for (const picture of (await readdir(join(labelled.path, kind))).slice(20)) {
        const negative = sharp(join(labelled.path, kind, picture)).negate();
        await negative.toFile(join(folder, `${kind}-${basename(picture)}`));
      }
    }
    return root;
  }

  test('inverted images are far and named, images of the same kind near; the report is written with pictures', async () => {
    const far = await reportOf(
      'far',
      configOf({ real: { format: 'class-folders', path: await inverted() } }),
    );
    const { clean, reference } = near.gap.features;
    assert.ok(far.gap.features.clean.mmdSquared > 3 * clean.mmdSquared);
    assert.equal(far.gap.features.clean.mmdPValue, 0.01);
    assert.deepEqual(far.gap.features.reference.uncovered, reference.uncovered);
    const brightness = far.gap.statistics.find(({ name }) => name === 'brightness')!;
    assert.ok(
      Math.abs(brightness.training.mean + brightness.real.mean - 255) < 15 && brightness.statistic > 0.5,
    );
    assert.equal(far.gap.real, 100);
    assert.equal(far.gap.leastCovered.length, 12);
    assert.ok(far.gap.leastCovered.every(({ path }) => path.includes('/inverted/field/')));
    assert.ok(far.gap.leastCovered.every(({ nearestPath }) => nearestPath.includes('/train/')));
    assert.match(far.summary, /of the real images .* far from every labelled image/);

    const folder = join(running.home, 'report');
    await saveGap(far, folder, storeOf());
    const files = ['gap.png', 'report.json', 'report.md', 'uncovered.csv', 'uncovered.png'];
    assert.deepEqual((await readdir(folder)).sort(), files);
    for (const name of ['gap.png', 'uncovered.png']) {
      assert.ok((await sharp(join(folder, name)).metadata()).width! > 300, name);
    }
    const list = await readFile(join(folder, 'uncovered.csv'), 'utf8');
    assert.equal(list.trim().split('\n').length, 13);
  });

  test('a comparison whose trainer is killed comes to the same', async () => {
    const { gap } = await reportOfKilled('gap-killed', configOf(), ({ activities }) =>
      activities.some(({ activity, done }) => activity === 'evaluate' && done > 0),
    );
    assert.deepEqual(gap, near.gap);
  });

  test('a comparison that cannot be is refused, by the name of its field', async () => {
    const { data } = running.config;
    const one = join(running.home, 'one');
    await mkdir(one);
    const field = join(await inverted(), 'field');
    await copyFile(join(field, (await readdir(field))[0]!), join(one, 'only.png'));
    await assertRefused(undefined, {
      'gap-nobody': [configOf({ model: 'nobody' }), /model: received "nobody"/],
      'gap-size': [
        configOf({ data: { ...data, image: { width: 20, height: 20 } } }),
        /model: received few-clothes \(few-clothes@\d+\), which takes 28 x 28/,
      ],
      'gap-fill': [configOf({ augmentation: { fill: [0, 0, 0] } }), /augmentation: .*fill/],
      'gap-none': [
        configOf({ data: { ...data, labelsPerClass: 'all' } }),
        /data\.unlabelled: received 0 images, .* at least 2 real ones to compare/,
      ],
      'gap-one': [
        configOf({ real: { format: 'folder', path: one } }),
        /real: received 1 images, .* at least 2 real ones to compare/,
      ],
    });
  });
});
