import type { GapReport } from '../../../domain/methods/gap.js';
import { table } from '../../table.js';
import { countText, percentText } from '../../view/quantities.js';
import type { MethodView } from '../method-view.js';
import { classRows, distanceRows, statisticRows } from './measures.js';
import { saveGap } from './save.js';

const MAX_CLASSES = 12;

function tableOf([head, ...rows]: readonly (readonly string[])[]): string[] {
  return table(head!, rows, { right: [1, 2, 3, 4] });
}

/** Distances, statistics and class balance. */
function reportLines(report: GapReport): readonly string[] {
  const { gap, seenBy } = report;
  const { neighbours } = gap.features;
  return [
    ...tableOf(distanceRows(report)),
    '',
    ...tableOf(statisticRows(report)),
    '',
    ...tableOf(classRows(report, MAX_CLASSES)),
    '',
    `${percentText(gap.classes.totalVariation, 1)} of the labelled images would have to change class to match the class balance of the real images (total variation).`,
    'The class shares are predictions of the model, which may be wrong for images far from its training images.',
    `Measured on ${countText(gap.training)} labelled and ${countText(gap.real)} real images, in the features of ${seenBy}. Far: outside the radius of every labelled image, which is the distance to its neighbour number ${neighbours}.`,
  ];
}

export const view: MethodView<'gap'> = { report: reportLines, save: saveGap };
