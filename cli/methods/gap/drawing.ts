import type { FeatureGap, GapReport } from '../../../domain/methods/gap.js';
import { svgPage } from '../../sheet/svg-page.js';
import { FADED, svgText as text } from '../../sheet/svg-text.js';
import type { Svg } from '../../sheet/write-svg.js';
import { countText, percentText } from '../../view/quantities.js';
import { AUGMENTED, bars, classBars, figure, histogram, PLOT, REAL, REFERENCE } from './plots.js';

const MARGIN = 20;
const WIDTH = 788;
const ROOM = WIDTH - 2 * MARGIN;
const GAP = 28;
/** Classes whose bars can still be told apart. */
const MOST_CLASSES = 60;

/** A heading with parts below it, side by side. */
interface Section {
  readonly title: string;
  readonly remark: string;
  readonly parts: readonly string[];
  readonly height: number;
}

function distances({ gap }: GapReport): Section {
  const { reference, clean, augmented } = gap.features;
  const part = (title: string, of: (one: FeatureGap) => number, show?: (value: number) => string) =>
    bars(
      title,
      [
        { name: 'validation', value: of(reference), colour: REFERENCE },
        { name: 'real', value: of(clean), colour: REAL },
        { name: 'with noise', value: of(augmented), colour: AUGMENTED },
      ],
      show,
    );
  return {
    title: 'Distance to the labelled images, in the model’s features',
    remark:
      'Validation images show what no gap looks like; with noise: real images to the labelled ones as augmented.',
    parts: [
      part('MMD²', ({ mmdSquared }) => mmdSquared),
      part('Fréchet', ({ frechet }) => frechet),
      part(
        'far from any',
        ({ uncovered }) => uncovered,
        (share) => percentText(share, 1),
      ),
    ],
    height: 72,
  };
}

function widthOfEach(parts: number): number {
  return (ROOM - (parts - 1) * GAP) / parts;
}

function statistics({ gap }: GapReport): Section {
  const width = widthOfEach(gap.statistics.length);
  return {
    title: 'Pixels',
    remark:
      'Blue: labelled images. Orange: real ones. KS: largest difference of the distribution functions. The outer bins hold what lies beyond.',
    parts: gap.statistics.map(({ name, statistic, training, real, histogram: shares }) => {
      const remark = `${figure(training.mean)} to ${figure(real.mean)}, KS ${statistic.toFixed(2)}`;
      return histogram(name, remark, shares, width);
    }),
    height: PLOT.height + 30,
  };
}

function classes({ gap, classNames }: GapReport): Section | undefined {
  if (classNames.length > MOST_CLASSES) return undefined;
  const { labelled, expected, totalVariation } = gap.classes;
  return {
    title: 'Classes',
    remark: `Blue: share of the labels. Orange: of the real images, as the model expects. ${percentText(totalVariation, 1)} would have to change class.`,
    parts: [classBars(classNames, labelled, expected, ROOM)],
    height: PLOT.height + 20,
  };
}

/** Everything that is a number in a gap report, on one page. */
export function gapSvg(report: GapReport): Svg {
  const { gap, seenBy } = report;
  const drawn: string[] = [];
  let y = MARGIN + 12;
  drawn.push(
    text(
      MARGIN,
      y,
      `From ${countText(gap.training)} labelled to ${countText(gap.real)} real images, as ${seenBy} sees them`,
      { size: 17, bold: true },
    ),
  );
  for (const section of [distances(report), statistics(report), classes(report)]) {
    if (!section) continue;
    y += 34;
    drawn.push(
      text(MARGIN, y, section.title, { size: 13, bold: true }),
      text(MARGIN, y + 15, section.remark, { colour: FADED }),
    );
    y += 52;
    const width = widthOfEach(section.parts.length);
    for (const [place, part] of section.parts.entries()) {
      drawn.push(`<g transform="translate(${(MARGIN + place * (width + GAP)).toFixed(1)} ${y})">${part}</g>`);
    }
    y += section.height;
  }
  const height = Math.ceil(y + MARGIN);
  return svgPage(WIDTH, height, drawn);
}
