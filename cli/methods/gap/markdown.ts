import type { GapReport } from '../../../domain/methods/gap.js';
import { countText, percentText } from '../../view/quantities.js';
import { classRows, distanceRows, statisticRows } from './measures.js';

/** Escapes a name for a table cell. */
const cell = (words: string) => words.replaceAll('|', '\\|').replaceAll(/[\r\n]+/g, ' ');

function tableOf([head, ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [
    line(head!),
    `|${head!.map((_, at) => (at === 0 ? '---|' : '---:|')).join('')}`,
    ...rows.map(line),
  ].join('\n');
}

/** The gap report in Markdown; refers to the pictures beside it. */
export function gapMarkdown(report: GapReport): string {
  const { gap, name, runId, seenBy, summary, classNames } = report;
  const { neighbours, width } = gap.features;
  return `# The gap of ${name}

${summary}.

${countText(gap.training)} of ${countText(gap.labelled)} labelled images and ${countText(gap.real)} real images, in the ${width} features of ${seenBy}. Run ${runId}.

![Distances, pixels and classes](gap.png)

## Distance

${tableOf(distanceRows(report))}

Validation images have the distribution of the labelled images, but the model was not trained on them: their distance is the
baseline without a gap. MMD² is the unbiased estimate with a Gaussian kernel, whose bandwidth is the median distance; p is the share
of random splits of all images whose MMD² is at least as large. The Fréchet distance is never 0: "by chance" is its value for a random
split. An image is far if it is farther from every labelled image than that image's neighbour number ${neighbours} among the labelled
images (1 minus improved recall, Kynkäänniemi et al. 2019). Closed is the share of the distance above the validation baseline (for
Fréchet, above chance) that augmenting the labelled images removes; it is empty if the distance may be chance (p above 0.05).

## Pixels

${tableOf(statisticRows(report))}

KS is the largest difference between the two distribution functions, 0 to 1.

## Classes

${tableOf(classRows(report, classNames.length))}

Expected is the mean of the model's calibrated probabilities. ${percentText(gap.classes.totalVariation, 1)} of the labelled images would have to change class
to match the class balance of the real images. The predictions may be wrong for images far from the training images.

## What to label next

![The least covered images](uncovered.png)

uncovered.csv lists the images that are farthest from all labelled images; \`apprentice label-next\` also considers the model's
uncertainty.
`;
}
