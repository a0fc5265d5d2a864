import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import { configDrawing } from '../../../../cli/augment/drawings/config.js';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apprentice-views-'));
  await sharp({ create: { width: 8, height: 8, channels: 3, background: 'teal' } }).toFile(file('a.png'));
});
after(() => rm(folder, { recursive: true }));

const file = (name: string) => join(folder, name);

async function drawn(stream: 'labelled' | 'weak' | 'strong', consistency: string) {
  const data = 'data: { labelled: { format: class-folders, path: . } }';
  const teacher = `teacher: { augmentation: { flip: 1, mixup: 0.4 }, ${consistency} }`;
  await writeFile(file('run.yaml'), `name: a\n${data}\n${teacher}\n`);
  return configDrawing(file('a.png'), file('run.yaml'), { stream, role: 'teacher', samples: 3 });
}

const FIXMATCH = 'consistency: { kind: fixmatch, weak: { flip: 0 }, strong: { flip: 1, cutout: 0.25 } }';

test('a view of an unlabelled image uses its own policy and never mixup', async () => {
  const augmentationOf = ({ facts }: Awaited<ReturnType<typeof drawn>>) =>
    (facts as { augmentation: { flip: number; cutout: number } }).augmentation;
  const weak = await drawn('weak', FIXMATCH);
  const strong = await drawn('strong', FIXMATCH);
  assert.deepEqual([augmentationOf(weak).flip, augmentationOf(weak).cutout], [0, 0]);
  assert.deepEqual([augmentationOf(strong).flip, augmentationOf(strong).cutout], [1, 0.25]);
  assert.match(strong.remark!, /strong example 0/);
  assert.doesNotMatch(strong.remark!, /mixup/);
  assert.match((await drawn('labelled', FIXMATCH)).remark!, /without mixup/);
});

test('a view that the training does not have is refused', async () => {
  await assert.rejects(drawn('weak', 'steps: 10'), /--stream: received weak.*consistency/);
  await assert.rejects(drawn('strong', 'consistency: { kind: pseudo-label }'), /--stream: received strong/);
});
