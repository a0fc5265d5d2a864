import type { FeatureGap, GapReport } from '../../../domain/methods/gap.js';
import { GRAY, GREEN, MARGIN, page } from '../../charts/page.js';
import { moved, text } from '../../charts/svg.js';
import { SVG_FONT } from '../../sheet/font.js';
import type { Svg } from '../../sheet/write-svg.js';
import { countText, percentText } from '../../view/quantities.js';
import { bars, classBars, histogram, PLOT_HEIGHT, REAL } from './plots.js';

const WIDTH = 788;
const ROOM = WIDTH - 2 * MARGIN;
const GAP = 28;
/** With more classes the bars are too thin to distinguish. */
const MAX_CLASSES = 60;

/** A heading with plots below it, side by side. */
interface Section {
  readonly title: string;
  readonly remark: string;
  /** Pixels between the remark and the top of the plots. */
  readonly head: number;
  readonly height: number;
  readonly plots: readonly string[];
}

function widthOfEach(plots: number): number {
  return (ROOM - (plots - 1) * GAP) / plots;
}

function distances({ gap }: GapReport): Section {
  const { reference, clean, augmented } = gap.features;
  const plot = (title: string, of: (one: FeatureGap) => number, show?: (value: number) => string) =>
    bars(
      title,
      [
        { name: 'validation', value: of(reference), colour: GRAY },
        { name: 'real', value: of(clean), colour: REAL },
        { name: 'with noise', value: of(augmented), colour: GREEN },
      ],
      widthOfEach(3),
      show,
    );
  return {
    title: 'Distance to the labelled images, in the model’s features',
    remark:
      'Validation images are the baseline without a gap. With noise: real images to augmented labelled images.',
    head: 34,
    height: 72,
    plots: [
      plot('MMD²', ({ mmdSquared }) => mmdSquared),
      plot('Fréchet', ({ frechet }) => frechet),
      plot(
        'far from any',
        ({ uncovered }) => uncovered,
        (share) => percentText(share, 1),
      ),
    ],
  };
}

function statistics({ gap }: GapReport): Section {
  const width = widthOfEach(gap.statistics.length);
  return {
    title: 'Pixels',
    remark:
      'Blue: labelled images, orange: real images. KS: largest difference of the distribution functions. Outer bins are open.',
    head: 44,
    height: PLOT_HEIGHT + 20,
    plots: gap.statistics.map((statistic) => histogram(statistic, width)),
  };
}

function classes({ gap, classNames }: GapReport): Section | undefined {
  if (classNames.length > MAX_CLASSES) return undefined;
  const { labelled, expected, totalVariation } = gap.classes;
  return {
    title: 'Classes',
    remark: `Blue: share of the labels, orange: share of the real images that the model expects. Total variation ${percentText(totalVariation, 1)}.`,
    head: 18,
    height: PLOT_HEIGHT + 20,
    plots: [classBars(classNames, labelled, expected, ROOM)],
  };
}

/** All measurements of a gap report on one page. */
export function gapSvg(report: GapReport): Svg {
  const { gap, seenBy } = report;
  const drawn: string[] = [];
  let y = 51;
  for (const section of [distances(report), statistics(report), classes(report)]) {
    if (!section) continue;
    const { title, remark, head, plots, height } = section;
    drawn.push(
      text(MARGIN, y + 34, title, { class: 'ink', 'font-size': 14, 'font-weight': 600 }),
      text(MARGIN, y + 50, remark, { class: 'soft' }),
    );
    y += 50 + head;
    const step = widthOfEach(plots.length) + GAP;
    drawn.push(...plots.map((plot, place) => moved(MARGIN + place * step, y, plot)));
    y += height;
  }
  const height = y + MARGIN;
  const words = {
    title: 'Gap between labelled and real images',
    subtitle: `${countText(gap.training)} labelled and ${countText(gap.real)} real images in the features of ${seenBy}`,
  };
  return {
    svg: page({ ...words, width: WIDTH, height, font: SVG_FONT }, drawn.join(''), 'light'),
    width: WIDTH,
    height,
  };
}
