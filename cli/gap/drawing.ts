import type { FeatureGap, GapReport } from '../../domain/methods/gap.js';
import { SVG_FONT } from '../sheet/font.js';
import type { Svg } from '../sheet/write-svg.js';
import { countText, percentText } from '../view/quantities.js';
import {
  AUGMENTED,
  bars,
  classBars,
  FADED,
  figure,
  histogram,
  PLOT,
  REAL,
  REFERENCE,
  text,
} from './plots.js';

const MARGIN = 20;
const ACROSS = 3;
const GAP = 34;
const WIDTH = 2 * MARGIN + ACROSS * PLOT.width + (ACROSS - 1) * GAP;
/** Classes whose bars can still be told apart. */
const MOST_CLASSES = 60;

/** A heading with parts below it, so many in a row. */
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
    height: 90,
  };
}

function statistics({ gap }: GapReport): Section {
  return {
    title: 'Pixels',
    remark: 'Blue: labelled images. Orange: real ones. KS: largest difference of the distribution functions.',
    parts: gap.statistics.map(({ name, statistic, training, real, histogram: shares }) =>
      histogram(name, `${figure(training.mean)} to ${figure(real.mean)}, KS ${statistic.toFixed(2)}`, shares),
    ),
    height: PLOT.height + 58,
  };
}

function classes({ gap, classNames }: GapReport): Section | undefined {
  if (classNames.length > MOST_CLASSES) return undefined;
  const { labelled, expected, totalVariation } = gap.classes;
  return {
    title: 'Classes',
    remark: `Blue: share of the labels. Orange: of the real images, as the model expects. ${percentText(totalVariation, 1)} would have to change class.`,
    parts: [classBars(classNames, labelled, expected, WIDTH - 2 * MARGIN)],
    height: PLOT.height + 30,
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
    for (const [place, part] of section.parts.entries()) {
      const x = MARGIN + (place % ACROSS) * (PLOT.width + GAP);
      if (place > 0 && place % ACROSS === 0) y += section.height;
      drawn.push(`<g transform="translate(${x} ${y})">${part}</g>`);
    }
    y += section.height - 20;
  }
  const height = Math.ceil(y + MARGIN);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" ${SVG_FONT}><rect width="${WIDTH}" height="${height}" fill="#fff"/>${drawn.join('')}</svg>`;
  return { svg, width: WIDTH, height };
}
