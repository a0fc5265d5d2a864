import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readEvaluation } from '../../../client/local-store.js';
import type { ArtifactStore } from '../../../domain/artifact-store.js';
import type { EvaluateReport } from '../../../domain/methods/evaluate.js';
import { csvText } from '../../csv-text.js';
import { writeSvg } from '../../sheet/write-svg.js';
import { note } from '../../streams.js';
import { countOf, percentText } from '../../view/quantities.js';
import { confusionCsv } from './confusion.js';
import { confusionSvg } from './drawing.js';

/** Writes the report, the classes and the confusion matrix into a folder. */
export async function saveEvaluation(
  report: EvaluateReport,
  folder: string,
  store: ArtifactStore,
): Promise<void> {
  const { runId, split, classNames, reference, evaluation } = report;
  const full = await readEvaluation(store, runId, 'model', split);
  const classes = full.perClass.map(({ images, recall, precision }, label) =>
    [classNames[label]!, images, recall, precision].map(String),
  );
  const subtitle = `accuracy ${percentText(evaluation.accuracy)} on ${countOf(evaluation.images, `${split} image`)}: ${reference}`;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  await writeFile(join(folder, 'classes.csv'), csvText(['class', 'images', 'recall', 'precision'], classes));
  await writeFile(join(folder, 'confusion.csv'), confusionCsv(classNames, full));
  await writeSvg(await confusionSvg(classNames, full, subtitle), join(folder, 'confusion.png'));
  note(`${folder}: report.json, classes.csv, confusion.csv, confusion.png`);
}
