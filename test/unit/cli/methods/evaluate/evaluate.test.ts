import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import sharp from 'sharp';
import { confusionCsv, confusionTable } from '../../../../../cli/methods/evaluate/confusion.js';
import { confusionSvg } from '../../../../../cli/methods/evaluate/drawing.js';
import { saveEvaluation } from '../../../../../cli/methods/evaluate/save.js';
import { view } from '../../../../../cli/methods/evaluate/view.js';
import { type EvaluateReport, evaluateConfig } from '../../../../../domain/methods/evaluate.js';
import { evaluate } from '../../../../../learning/evaluation/evaluate.js';
import { modelKeys } from '../../../../../storage/keys.js';
import { openStore } from '../../../../../storage/open-store.js';
import { writeEvaluation } from '../../../../../storage/runs.js';
import { temporaryFolder } from '../../../../support/picture-files.js';
import { OPTIONS } from '../../view/text-of-view.js';

const CLASSES = ['bag', 'boot, "high" <&>', 'シャツ'];
const oneHot = (...predictions: number[]) =>
  Float32Array.from(predictions.flatMap((label) => [0, 1, 2].map((other) => Number(other === label))));
// Two bags right; one of two boots is a bag; the only shirt is a boot.
const MEASURED = evaluate(oneHot(0, 0, 1, 0, 1), Int32Array.of(0, 0, 1, 1, 2), 3);

/** A store that holds the evaluation of a run, and the run's report. */
async function measuredRun(context: TestContext) {
  const folder = await temporaryFolder(context);
  const store = openStore(join(folder, 'store'));
  const evaluationKey = modelKeys('e', 'model').evaluation('test');
  const evaluation = await writeEvaluation(store, evaluationKey, MEASURED);
  const report: EvaluateReport = {
    runId: 'e',
    method: 'evaluate',
    name: 'e',
    config: evaluateConfig.parse({
      name: 'e',
      data: { labelled: { format: 'class-folders', path: '/pictures' } },
      model: 'clothes',
    }),
    startedAt: '',
    endedAt: '',
    summary: '60.00% on 5 test images.',
    reportKey: 'runs/e/report',
    reference: 'clothes',
    classNames: CLASSES,
    dataset: { splitKey: 'runs/e/split', contentHash: 'c' },
    split: 'test',
    evaluation,
    evaluationKey,
    calibratedError: 0.25,
  };
  return { folder, store, report };
}

test('the report has the measures, the classes with the worst first, and the confusion matrix', async (context) => {
  const { store, report } = await measuredRun(context);
  const textOf = async (columns: number) =>
    (await view.report(report, { ...OPTIONS, storeUrl: store.url, columns })).join('\n');
  const text = await textOf(80);
  assert.match(
    text,
    /ACCURACY +BALANCED +LOSS +CALIBRATION ERROR +CALIBRATED\n +60\.00% +50\.00% .*25\.00%$/m,
  );
  assert.match(text, /シャツ +1 +0\.0% +0\.0% +boot, "high" <&> \(100\.0%\)\n +boot/);
  assert.match(text, /TRUE, PREDICTED +1 +2 +3\n1 +bag +2 +· +·$/m);
  // A wider matrix than the terminal would be unreadable.
  assert.doesNotMatch(await textOf(20), /TRUE, PREDICTED/);
});

test('the confusion matrix has true classes in rows and predicted ones in columns', () => {
  const rows = confusionTable(CLASSES, MEASURED).map((line) => line.trim().split(/ {2,}/));
  assert.deepEqual(rows.slice(1), [
    ['1', 'bag', '2', '·', '·'],
    ['2', CLASSES[1], '1', '1', '·'],
    ['3', 'シャツ', '·', '1', '·'],
  ]);
  assert.deepEqual(parse(confusionCsv(CLASSES, MEASURED)), [
    ['true', ...CLASSES],
    ['bag', '2', '0', '0'],
    [CLASSES[1], '1', '1', '0'],
    ['シャツ', '0', '1', '0'],
  ]);
});

test('the drawing of the matrix holds long names, and few to very many classes', async () => {
  const { svg } = await confusionSvg(CLASSES, MEASURED, 'clothes');
  assert.ok(svg.includes('>boot, &quot;high&quot; &lt;&amp;&gt;<'));
  for (const [classes, isNamed] of [
    [2, true],
    [40, true],
    [300, false],
  ] as const) {
    const names = Array.from({ length: classes }, (_, index) => `class ${index} ${'of clothes '.repeat(20)}`);
    const confusion = names.map((_, row) => names.map((__, column) => (row === column ? 9 : 0)));
    const drawn = await confusionSvg(names, { confusion }, 'a long name of a model '.repeat(20));
    const { width, height } = await sharp(Buffer.from(drawn.svg)).metadata();
    assert.deepEqual([width, height], [drawn.width, drawn.height]);
    assert.ok(drawn.width < 1700, `${classes} classes: ${drawn.width} pixels`);
    assert.equal(/>class 1 .*…</.test(drawn.svg), isNamed, `${classes} classes`);
    assert.ok(!drawn.svg.includes(names[0]!));
  }
});

test('--out writes the report, the classes, and the confusion matrix as CSV and picture', async (context) => {
  const { folder, store, report } = await measuredRun(context);
  const out = join(folder, 'new', 'measured');
  await saveEvaluation(report, out, store);
  assert.deepEqual(JSON.parse(await readFile(join(out, 'report.json'), 'utf8')), report);
  const classes = parse(await readFile(join(out, 'classes.csv'), 'utf8'), { columns: true });
  assert.deepEqual(classes[1], { class: CLASSES[1], images: '2', recall: '0.5', precision: '0.5' });
  assert.equal(parse(await readFile(join(out, 'confusion.csv'), 'utf8')).length, 4);
  assert.equal((await sharp(join(out, 'confusion.png')).metadata()).format, 'png');
});
