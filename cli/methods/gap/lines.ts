import type { GapReport } from '../../../domain/methods/gap.js';
import { table } from '../../table.js';
import { countText, percentText } from '../../view/quantities.js';
import { classRows, distanceRows, statisticRows } from './measures.js';

const MOST_CLASSES = 12;

function tableOf([head, ...rows]: readonly (readonly string[])[]): string[] {
  return table(head!, rows, { right: [1, 2, 3, 4] }).split('\n');
}

/** Distances, statistics and class balance. */
export function lines(report: GapReport): readonly string[] {
  const { gap, seenBy } = report;
  const { neighbours } = gap.features;
  return [
    ...tableOf(distanceRows(report)),
    '',
    ...tableOf(statisticRows(report)),
    '',
    ...tableOf(classRows(report, MOST_CLASSES)),
    '',
    `${percentText(gap.classes.totalVariation, 1)} of the images would have to change class for the labels to be as the real images are (total variation).`,
    'The shares are what the model takes images for; of images far from those that it has learned from, that may be wrong.',
    `Of ${countText(gap.training)} labelled and ${countText(gap.real)} real images in the features of ${seenBy}; far: farther from every labelled image than its neighbour number ${neighbours}.`,
  ];
}
