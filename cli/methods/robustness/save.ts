import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArtifactStore } from '../../../domain/artifact-store.js';
import type { RobustnessReport } from '../../../domain/methods/robustness.js';
import { drawPositions } from '../../../learning/corruptions/draw-positions.js';
import { openDataset } from '../../../learning/datasets/open.js';
import { drawSheet } from '../../sheet/draw-sheet.js';
import { writeSvg } from '../../sheet/write-svg.js';
import { note } from '../../streams.js';
import { corruptionSheet } from './corruption-sheet.js';
import { curvesSvg } from './curves.js';

/** Writes the report, its curves and a sheet of corrupted images into a folder. */
export async function saveRobustness(
  report: RobustnessReport,
  folder: string,
  store: ArtifactStore,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  await writeSvg(curvesSvg(report), join(folder, 'curves.png'));
  const { split, dataset, images, seed } = report;
  const { [split]: set } = await openDataset(dataset, store, { imagesToRead: (all) => [all[split]] });
  const [first = 0] = drawPositions(set, images, seed);
  await drawSheet(await corruptionSheet(report, set, first), join(folder, 'corruptions.png'));
  note(`${folder}: report.json, curves.png, corruptions.png`);
}
