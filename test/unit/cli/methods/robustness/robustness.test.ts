import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { corruptionSheet } from '../../../../../cli/methods/robustness/corruption-sheet.js';
import { curvesSvg } from '../../../../../cli/methods/robustness/curves.js';
import { view } from '../../../../../cli/methods/robustness/view.js';
import { CORRUPTIONS, SEVERITIES } from '../../../../../domain/corruption.js';
import { type RobustnessReport, robustnessConfig } from '../../../../../domain/methods/robustness.js';
import { corruptionErrors } from '../../../../../learning/evaluation/corruption-errors.js';
import { OPTIONS } from '../../view/text-of-view.js';

function measured(reference: string, clean: number, lost: number) {
  return {
    reference,
    modelKey: `runs/${reference}/model`,
    parameters: 1000,
    clean: { accuracy: clean, calibrationError: 0.02 },
    corrupted: CORRUPTIONS.flatMap((corruption) =>
      SEVERITIES.map((severity) => ({
        corruption,
        severity,
        accuracy: clean - lost * severity,
        calibrationError: 0.01 * severity,
      })),
    ),
  };
}

function report(): RobustnessReport {
  const teacher = measured('clothes@1', 0.8, 0.1);
  const student = measured('clothes@2', 0.9, 0.05);
  return {
    runId: 'r',
    method: 'robustness',
    name: 'r',
    config: robustnessConfig.parse({
      name: 'r',
      data: { labelled: { format: 'class-folders', path: '/pictures' } },
      models: ['clothes'],
    }),
    startedAt: '',
    endedAt: '',
    summary: '',
    reportKey: 'runs/r/report',
    dataset: { splitKey: 'runs/r/split', contentHash: 'c' },
    split: 'test',
    images: 1000,
    seed: 0,
    baseline: 'clothes@1',
    models: [teacher, student].map((model) => ({ ...model, errors: corruptionErrors(model, teacher) })),
  };
}

test('the table has every corruption, and errors relative to the baseline', async () => {
  const text = (await view.report(report(), OPTIONS)).join('\n');
  for (const corruption of CORRUPTIONS)
    assert.match(text, new RegExp(`${corruption} +50\\.0% +75\\.0% +50\\.0%`));
  assert.match(text, /clean +80\.0% +90\.0%/);
  assert.match(text, /mean, mce +50\.0% +75\.0% +50\.0%/);
  assert.match(
    text,
    /On 1,000 test images, means over severities; ce is the error divided by the error of clothes@1/,
  );
});

test('a single model has no relative errors', async () => {
  const both = report();
  const text = (await view.report({ ...both, models: both.models.slice(0, 1) }, OPTIONS)).join('\n');
  assert.match(text, /^mean +50\.0%$/m);
  assert.doesNotMatch(text, /mce|ce is the error/i);
});

test('curves are a drawing with a plot for each corruption', async () => {
  const { svg, width, height } = curvesSvg(report());
  for (const corruption of CORRUPTIONS) assert.ok(svg.includes(`>${corruption}<`), corruption);
  const read = await sharp(Buffer.from(svg)).metadata();
  assert.deepEqual([read.width, read.height], [width, height]);
});

test('the sheet shows a picture under each corruption and severity', async () => {
  const images = {
    shape: { height: 12, width: 10, channels: 3 as const },
    count: 1,
    copy: (_: number, target: Uint8Array, offset: number) => target.fill(90, offset, offset + 360),
    label: () => 0,
  };
  const { rows } = await corruptionSheet(report(), images, 0);
  assert.deepEqual(
    rows.map(({ title }) => title?.[0]),
    [...CORRUPTIONS],
  );
  assert.ok(rows.every(({ cells }) => cells.length === 6));
});
