import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, extname, relative, resolve } from 'node:path';
import { readChosen } from '../../../client/local-store.js';
import type { ArtifactStore } from '../../../domain/artifact-store.js';
import type { LabelNextReport, NamedChoice } from '../../../domain/methods/label-next.js';
import { type ImageSet, pictureOf } from '../../../learning/datasets/image-set.js';
import { openDataset } from '../../../learning/datasets/open.js';
import { csvText } from '../../csv-text.js';
import { drawSheet, sheetThatFits } from '../../sheet/draw-sheet.js';
import { inRows, type Sheet } from '../../sheet/sheet.js';
import { note } from '../../streams.js';
import { countOf, percentText } from '../../view/quantities.js';

const COLUMNS = 10;
/** The sheet shows the first ones; the list has all. */
const MAX_DRAWN = 200;

/** The list as CSV with an empty column `label`; once filled in, it is a file for `data.answers`. Paths are relative to `folder`. */
export function labelsCsv(
  chosen: readonly NamedChoice[],
  classNames: readonly string[],
  folder: string,
): string {
  const rows = chosen.map(({ path, guess, confidence, reason }) => [
    relative(folder, path),
    '',
    classNames[guess]!,
    confidence.toFixed(4),
    reason,
  ]);
  return csvText(['path', 'label', 'guess', 'confidence', 'reason'], rows);
}

export function choiceSheet(
  report: LabelNextReport,
  chosen: readonly NamedChoice[],
  images: ImageSet,
): Sheet {
  const { classNames, by, candidates } = report;
  const cells = chosen.map(({ position, guess, confidence, second, secondConfidence }, place) => ({
    picture: pictureOf(images, position),
    lines: [
      `${place + 1}: ${classNames[guess]} ${percentText(confidence, 0)}`,
      `${classNames[second]} ${percentText(secondConfidence, 0)}`,
    ],
  }));
  const all =
    report.count > cells.length
      ? `The first ${cells.length} of ${report.count}`
      : countOf(cells.length, 'image');
  return {
    title: 'Label these next',
    remark: `${all}, chosen from ${countOf(candidates, 'unlabelled image')} by ${by}; below each, the predictions of the model.`,
    rows: inRows(cells, COLUMNS),
  };
}

/** Writes the list as CSV, and a sheet of the pictures beside it. */
export async function saveChoice(report: LabelNextReport, out: string, store: ArtifactStore): Promise<void> {
  const file = resolve(out);
  await mkdir(dirname(file), { recursive: true });
  const chosen = await readChosen(store, report.chosenKey);
  await writeFile(file, labelsCsv(chosen, report.classNames, dirname(file)));
  const drawn = chosen.slice(0, MAX_DRAWN);
  const { unlabelled } = await openDataset(report.dataset, store, {
    imagesToRead: (all) => [drawn.map(({ position }) => all.unlabelled[position]!)],
  });
  const picture = `${out.slice(0, out.length - extname(out).length)}.png`;
  const sheet = await sheetThatFits(drawn.length, (shown) =>
    choiceSheet(report, drawn.slice(0, shown), unlabelled),
  );
  await drawSheet(sheet, picture);
  note(`${out}: fill in the column label, then set data.answers to the file. ${picture}: the pictures.`);
}
