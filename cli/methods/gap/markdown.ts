import type { GapReport } from '../../../domain/methods/gap.js';
import { countText, percentText } from '../../view/quantities.js';
import { classRows, distanceRows, statisticRows } from './measures.js';

/** Cells may hold anything that a class or a file may be called. */
const cell = (words: string) => words.replaceAll('|', '\\|').replaceAll(/[\r\n]+/g, ' ');

function tableOf([head, ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [
    line(head!),
    `|${head!.map((_, at) => (at === 0 ? '---|' : '---:|')).join('')}`,
    ...rows.map(line),
  ].join('\n');
}

/** A gap report for people, with its pictures beside it. */
export function gapMarkdown(report: GapReport): string {
  const { gap, name, runId, seenBy, summary, classNames } = report;
  const { neighbours, width } = gap.features;
  return `# The gap of ${name}

${summary}.

${countText(gap.training)} of ${countText(gap.labelled)} labelled images, and ${countText(gap.real)} real ones, seen by ${seenBy} (${width} features). Run ${runId}.

![Distances, pixels and classes](gap.png)

## Distance

${tableOf(distanceRows(report))}

Validation images come from where the labelled ones do, but were not trained on: their distance is what no gap looks like. MMD² is
unbiased, with a Gaussian kernel of the median distance; its p is how often images dealt out at random differ as much. The Fréchet
distance is never 0: by chance is what images dealt out at random come to. Far is an image that is farther from every labelled image
than that one's neighbour number ${neighbours} among the labelled ones (1 minus improved recall, Kynkäänniemi et al. 2019). Closed is
the share of the distance above that of validation that is gone when the labelled images are augmented (of Fréchet, above what it is
by chance); a distance that may be chance (p above 0.05) has none.

## Pixels

${tableOf(statisticRows(report))}

KS is the largest difference of the two distribution functions, from 0 to 1.

## Classes

${tableOf(classRows(report, classNames.length))}

Expected is the mean of the model's calibrated probabilities. ${percentText(gap.classes.totalVariation, 1)} of the images would have to change class for
the labels to be as the real images are. Of images far from those that it has learned from, the model's word may be wrong.

## What to label next

![The least covered images](uncovered.png)

The images that no labelled one is near are in uncovered.csv; \`apprentice label-next\` chooses by what the model is unsure of, too.
`;
}
