import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import sharp from 'sharp';
import { csvText } from '../../../../../cli/csv-text.js';
import { gapSvg } from '../../../../../cli/methods/gap/drawing.js';
import { gapMarkdown } from '../../../../../cli/methods/gap/markdown.js';
import { sideBySide, uncoveredSheet } from '../../../../../cli/methods/gap/uncovered-sheet.js';
import { view } from '../../../../../cli/methods/gap/view.js';
import { choiceSheet, labelsCsv } from '../../../../../cli/methods/label-next/save.js';
import { view as choiceView } from '../../../../../cli/methods/label-next/view.js';
import { type FeatureGap, type GapReport, gapConfig } from '../../../../../domain/methods/gap.js';
import type { LabelNextReport, NamedChoice } from '../../../../../domain/methods/label-next.js';
import { picture } from '../../../../../learning/augmentation/picture.js';
import type { ImageSet } from '../../../../../learning/datasets/image-set.js';
import { OPTIONS } from '../../view/text-of-view.js';

const CLASSES = ['bag', 'boot | "high"'];

const featureGap = (far: number): FeatureGap => ({
  images: 50,
  mmdSquared: far / 10,
  mmdPValue: 0.01,
  frechet: far * 5,
  frechetByChance: 0.2,
  uncovered: far,
});

const report: GapReport = {
  runId: 'gap-1',
  method: 'gap',
  name: 'clothes',
  config: gapConfig.parse({
    name: 'clothes',
    model: 'clothes',
    data: { labelled: { format: 'class-folders', path: '/pictures' } },
    real: { format: 'folder', path: '/real' },
  }),
  startedAt: '',
  endedAt: '',
  summary: 'a gap',
  reportKey: 'runs/gap-1/report',
  seenBy: 'clothes@1',
  classNames: CLASSES,
  dataset: { splitKey: 'runs/gap-1/split', contentHash: 'c' },
  realDataset: { splitKey: 'runs/gap-1/split', contentHash: 'c' },
  gap: {
    labelled: 200,
    training: 100,
    real: 50,
    classes: { labelled: [0.5, 0.5], expected: [0.8, 0.2], predicted: [0.9, 0.1], totalVariation: 0.3 },
    statistics: [
      {
        name: 'brightness',
        meaning: 'mean gray level',
        training: { mean: 70, deviation: 10 },
        real: { mean: 180, deviation: 12 },
        statistic: 0.9,
        pValue: 1e-9,
        histogram: { from: 10, to: 250, training: [0.5, 0.5, 0], real: [0, 0.1, 0.9] },
      },
    ],
    features: {
      width: 64,
      bandwidth: 2,
      neighbours: 3,
      clean: featureGap(0.5),
      augmented: featureGap(0.2),
      reference: featureGap(0.1),
      closed: { mmd: 0.75, frechet: 0.75, uncovered: null },
    },
    leastCovered: [
      {
        position: 4,
        nearest: 1,
        distance: 3,
        farness: 2,
        guess: 0,
        confidence: 0.6,
        path: 'a',
        nearestPath: 'b',
      },
      {
        position: 5,
        nearest: 0,
        distance: 1,
        farness: Number.MAX_VALUE,
        guess: 1,
        confidence: 0.5,
        path: 'c',
        nearestPath: 'd',
      },
    ],
  },
};

const images: ImageSet = {
  shape: { width: 8, height: 8, channels: 1 },
  count: 10,
  label: (position) => position % 2,
  copy: (position, target, offset) => target.fill(20 * position, offset, offset + 64),
};

test('the text has distances, statistics and classes', async () => {
  const text = (await view.report(report, OPTIONS)).join('\n');
  assert.match(text, /MMD² +0\.0100 +0\.0500 +0\.0200 +75%/);
  assert.match(text, /far from any +10\.0% +50\.0% +20\.0% +–/);
  assert.match(text, /brightness +70\.0 +180 +0\.900 +< 0\.001/);
  assert.match(text, /bag +50\.0% +80\.0% +90\.0%/);
  assert.match(text, /30\.0% of the labelled images would have to change class/);
});

test('the page has a section for each measure, and can be drawn', async () => {
  const { svg, width, height } = gapSvg(report);
  for (const words of ['MMD²', 'Fréchet', 'far from any', 'brightness', 'boot | &quot;high&quot;'])
    assert.ok(svg.includes(`>${words}<`), words);
  const { width: drawn, height: down } = await sharp(Buffer.from(svg)).metadata();
  assert.deepEqual([drawn, down], [width, height]);
  const many = Array.from({ length: 200 }, (_, index) => `class ${index}`);
  assert.ok(!gapSvg({ ...report, classNames: many }).svg.includes('class 3'));
});

test('the report in Markdown keeps its tables whole', () => {
  const text = gapMarkdown(report);
  assert.ok(text.includes('| boot \\| "high" | 50.0% | 20.0% | 10.0% |'));
  assert.ok(text.includes('![The least covered images](uncovered.png)'));
});

test('an uncovered image is beside its nearest labelled image, both enlarged', () => {
  const [one, other] = [1, 2].map((value) => picture(8, 4, 3, new Uint8Array(96).fill(value)));
  const { width, height, data } = sideBySide(one!, other!);
  assert.deepEqual([width, height], [2 * 96 + 4, 48]);
  assert.deepEqual([data[0], data[96 * 3], data[(96 + 4) * 3], data.at(-1)], [1, 255, 2, 2]);
  const { rows } = uncoveredSheet(report, images, images);
  assert.deepEqual(
    rows[0]!.cells.map(({ lines: below }) => below),
    [
      ['bag? 60%', `nearest: ${CLASSES[1]}`, '2.00 times the radius'],
      [`${CLASSES[1]}? 50%`, 'nearest: bag', 'unlike any'],
    ],
  );
});

test('CSV cells are read back unchanged', () => {
  const rows = [
    ['a,b', ' "c" ', ''],
    ['line\nbreak', 'é', 'plain'],
  ];
  assert.deepEqual(parse(csvText(['x', 'y', 'z'], rows)), [['x', 'y', 'z'], ...rows]);
});

test('the list has paths relative to its folder and an empty label column', async () => {
  const image = { position: 3, confidence: 0.51, second: 0, secondConfidence: 0.49, distance: 2 };
  const chosen: NamedChoice[] = [
    { ...image, guess: 1, path: '/data/loose/a, b.png', reason: 'unsure' },
    { ...image, guess: 0, path: '/data/images.gz #17', reason: 'unsure' },
  ];
  const read = parse(labelsCsv(chosen, CLASSES, '/data/lists'), { columns: true });
  assert.deepEqual(read, [
    { path: '../loose/a, b.png', label: '', guess: CLASSES[1], confidence: '0.5100', reason: 'unsure' },
    { path: '../images.gz #17', label: '', guess: 'bag', confidence: '0.5100', reason: 'unsure' },
  ]);

  const of: LabelNextReport = {
    ...report,
    method: 'label-next',
    by: 'badge',
    unlabelled: 500,
    candidates: 400,
    byClass: [0, 2],
    count: 5,
    chosenKey: 'k',
  };
  const sheet = choiceSheet(of, chosen, images);
  assert.match(sheet.remark, /The first 2 of 5, chosen from 400 unlabelled images by badge/);
  assert.deepEqual(sheet.rows[0]!.cells[0]!.lines, ['1: boot | "high" 51%', 'bag 49%']);
  const text = (await choiceView.report(of, OPTIONS)).join('\n');
  assert.match(text, /boot \| "high" +2/);
  assert.ok(!/bag +0/.test(text));
});
