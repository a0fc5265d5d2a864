import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArtifactStore } from '../../../domain/artifact-store.js';
import type { GapReport } from '../../../domain/methods/gap.js';
import { openDataset } from '../../../learning/datasets/open.js';
import { csvText } from '../../csv-text.js';
import { drawSheet, sheetThatFits } from '../../sheet/draw-sheet.js';
import { writeSvg } from '../../sheet/write-svg.js';
import { note } from '../../streams.js';
import { gapSvg } from './drawing.js';
import { gapMarkdown } from './markdown.js';
import { uncoveredSheet } from './uncovered-sheet.js';

function uncoveredCsv({ gap, classNames }: GapReport): string {
  const head = ['path', 'farness', 'distance', 'guess', 'confidence', 'nearest'];
  const rows = gap.leastCovered.map(({ path, farness, distance, guess, confidence, nearestPath }) => [
    path,
    farness >= Number.MAX_VALUE ? 'infinite' : farness.toFixed(4),
    distance.toPrecision(4),
    classNames[guess]!,
    confidence.toFixed(4),
    nearestPath,
  ]);
  return csvText(head, rows);
}

/** Writes the report and its pictures into a folder. */
export async function saveGap(report: GapReport, folder: string, store: ArtifactStore): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  await writeFile(join(folder, 'report.md'), gapMarkdown(report));
  await writeFile(join(folder, 'uncovered.csv'), uncoveredCsv(report));
  await writeSvg(gapSvg(report), join(folder, 'gap.png'));
  const { leastCovered } = report.gap;
  const wanted = <T>(at: (image: (typeof leastCovered)[number]) => number, positions: readonly T[]) => [
    leastCovered.map((image) => positions[at(image)]!),
  ];
  const { unlabelled } = await openDataset(report.realDataset, store, {
    imagesToRead: (all) => wanted(({ position }) => position, all.unlabelled),
  });
  const { labelled } = await openDataset(report.dataset, store, {
    imagesToRead: (all) => wanted(({ nearest }) => nearest, all.labelled),
  });
  const sheet = await sheetThatFits(leastCovered.length, (shown) =>
    uncoveredSheet(report, unlabelled, labelled, shown),
  );
  await drawSheet(sheet, join(folder, 'uncovered.png'));
  note(`${folder}: report.md, report.json, gap.png, uncovered.png, uncovered.csv`);
}
