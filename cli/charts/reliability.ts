import { scaleLinear } from 'd3-scale';
import { centred, TICKS, xAxis, yAxis } from './axes.js';
import { BLUE, GREEN, ORANGE, type Page, page } from './page.js';
import { circle, element, line, moved, rect, text } from './svg.js';

/** Images of similar confidence, with means in 0..1. */
export interface Bin {
  readonly confidence: number;
  readonly accuracy: number;
  readonly images: number;
}

export interface ReliabilityPanel {
  readonly name: string;
  readonly bins: readonly Bin[];
  /** Expected calibration error, 0..1. */
  readonly error: number;
  /** Mean cross-entropy. */
  readonly loss?: number;
}

const SIDE = 280;
const TOP = 116;
const LEFT = 72;
const BETWEEN = 84;

const x = scaleLinear([0, 1], [0, SIDE]);
const y = scaleLinear([0, 1], [SIDE, 0]);
const TENTHS = x.ticks(TICKS);

/**
 * Accuracy against confidence, a panel for each; a calibrated model's points lie on the diagonal (Guo et al. 2017, figure 1).
 * Larger points stand for more images.
 */
export function reliabilityDiagram(
  panels: readonly ReliabilityPanel[],
  words: Pick<Page, 'title' | 'subtitle' | 'font'>,
  theme?: 'light' | 'dark',
) {
  const width = LEFT + panels.length * (SIDE + BETWEEN) - BETWEEN + 40;
  const height = TOP + SIDE + 86;
  const drawn = panels.map((panel, index) => moved(LEFT + index * (SIDE + BETWEEN), TOP, panelSvg(panel)));
  const legend = moved(LEFT, height - 24, legendSvg());
  return { svg: page({ ...words, width, height }, drawn.join('') + legend, theme), width, height };
}

function panelSvg({ name, bins, error, loss }: ReliabilityPanel): string {
  const measures = `calibration error ${(100 * error).toFixed(1)} %${loss === undefined ? '' : `, loss ${loss.toFixed(3)}`}`;
  const largest = Math.max(1, ...bins.map(({ images }) => images));
  const points = bins
    .filter(({ images }) => images > 0)
    .map(({ confidence, accuracy, images }) => {
      const at = x(confidence);
      const colour = confidence > accuracy ? ORANGE : GREEN;
      const radius = 2.5 + 7 * Math.sqrt(images / largest);
      return (
        circle(at, y(accuracy), radius, { class: `f${BLUE} halo`, 'fill-opacity': 0.85 }) +
        line(at, y(confidence), at, y(accuracy), { class: `s${colour}`, 'stroke-width': 2 })
      );
    });
  return [
    yAxis(y, TENTHS, [0, SIDE]),
    xAxis(x, TENTHS, SIDE),
    line(0, y(0), SIDE, y(1), { class: 'axis', 'stroke-dasharray': '4 4' }),
    ...points,
    text(0, -30, name, { class: 'ink', 'font-weight': 600 }),
    text(0, -13, measures, { class: 'soft' }),
    centred(SIDE / 2, SIDE + 40, 'confidence'),
    element('g', { transform: `translate(-46 ${SIDE / 2}) rotate(-90)` }, centred(0, 0, 'accuracy')),
  ].join('');
}

function legendSvg(): string {
  const entry = (at: number, colour: number, words: string) =>
    rect(at, -6, 14, 3, { class: `f${colour}` }) + text(at + 20, 0, words, { class: 'soft' });
  return [
    entry(0, ORANGE, 'overconfident'),
    entry(130, GREEN, 'underconfident'),
    circle(270, -4, 5, { class: `f${BLUE}` }),
    text(282, 0, 'larger: more images', { class: 'soft' }),
  ].join('');
}
