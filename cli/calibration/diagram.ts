import type { Reliability, ReliabilityBin } from '../../learning/evaluation/reliability.js';
import { GRID } from '../sheet/colours.js';
import { svgPage } from '../sheet/svg-page.js';
import { FADED, svgText as text } from '../sheet/svg-text.js';
import type { Svg } from '../sheet/write-svg.js';
import { countOf, percentText } from '../view/quantities.js';
import type { StoredCalibration } from './stored-calibration.js';

const RIGHT = '#3f74b5';
const TOO_SURE = '#d9573f';
const TOO_MODEST = '#2a9d8f';

/** In pixels. */
const MARGIN = 20;
const HEAD = 86;
const SIDE = 260;
const BARS = 52;
const LEFT = 44;
const BETWEEN = 30;
const FOOT = 34;
const PANEL = LEFT + SIDE;

const SIZE = {
  width: 2 * MARGIN + 2 * PANEL + BETWEEN,
  height: MARGIN + HEAD + SIDE + 14 + BARS + FOOT + MARGIN,
};

/** With fewer of all images than this, a bar is drawn fainter: chance decides its height. */
const FULL_SHARE = 0.02;

const box = (x: number, y: number, width: number, height: number, more: string) =>
  `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${Math.max(0, width).toFixed(1)}" height="${Math.max(0, height).toFixed(1)}" ${more}/>`;

/** One bin: how often it is right, up to how sure it was; then the gap between the two. */
function bar({ from, to, images, accuracy, confidence }: ReliabilityBin, all: number, top: number): string {
  if (images === 0) return '';
  const x = from * SIDE + 0.5;
  const width = (to - from) * SIDE - 1;
  const opacity = (0.35 + 0.65 * Math.min(1, images / all / FULL_SHARE)).toFixed(2);
  const part = (low: number, high: number, colour: string) => {
    const y = top + (1 - high) * SIDE;
    return box(x, y, width, (high - low) * SIDE, `fill="${colour}" fill-opacity="${opacity}"`);
  };
  const both = Math.min(accuracy, confidence);
  const gap = confidence > accuracy ? part(both, confidence, TOO_SURE) : part(both, accuracy, TOO_MODEST);
  return part(0, both, RIGHT) + gap;
}

function grid(top: number): string {
  const shares = [0, 0.25, 0.5, 0.75, 1];
  const lines = shares.map((share) => {
    const y = top + (1 - share) * SIDE;
    const label = text(-6, y + 4, share.toFixed(2), { anchor: 'end' });
    return `<line x1="0" x2="${SIDE}" y1="${y}" y2="${y}" stroke="${GRID}"/>${label}`;
  });
  return `${lines.join('')}<line x1="0" y1="${top + SIDE}" x2="${SIDE}" y2="${top}" stroke="${FADED}" stroke-dasharray="4 3"/>`;
}

/** How many images are how sure, below. */
function histogram(bins: readonly ReliabilityBin[], all: number, top: number): string {
  const most = Math.max(...bins.map(({ images }) => images));
  const bars = bins.map(({ from, to, images }) => {
    const height = most === 0 ? 0 : (images / most) * BARS;
    return box(
      from * SIDE + 0.5,
      top + BARS - height,
      (to - from) * SIDE - 1,
      height,
      `fill="${FADED}" fill-opacity="0.55"`,
    );
  });
  const bottom = top + BARS;
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) =>
    text(share * SIDE, bottom + 15, share.toFixed(2), { anchor: 'middle' }),
  );
  return [
    ...bars,
    `<line x1="0" x2="${SIDE}" y1="${bottom}" y2="${bottom}" stroke="${FADED}"/>`,
    ...ticks,
    text(SIDE / 2, bottom + 30, 'confidence', { anchor: 'middle' }),
    text(-6, top + 11, percentText(all === 0 ? 0 : most / all, 0), { anchor: 'end' }),
    text(-6, top + 24, 'of images', { anchor: 'end', size: 9, colour: FADED }),
  ].join('');
}

function panel(
  title: string,
  { bins, calibrationError, loss }: Reliability,
  images: number,
  x: number,
): string {
  const top = MARGIN + HEAD;
  return [
    `<g transform="translate(${x} 0)">`,
    text(0, top - 26, title, { bold: true, size: 13 }),
    text(0, top - 10, `calibration error ${percentText(calibrationError, 2)}, loss ${loss.toFixed(3)}`, {
      colour: FADED,
    }),
    grid(top),
    ...bins.map((bin) => bar(bin, images, top)),
    histogram(bins, images, top + SIDE + 14),
    '</g>',
  ].join('');
}

/**
 * A reliability diagram before and after a temperature (Guo et al. 2017, figure 4), as SVG: how often the model is
 * right against how sure it is (the dashed line is both alike), what it was too sure in red, not sure enough in green,
 * and below how many images are that sure.
 */
export function diagramSvg(name: string, calibration: StoredCalibration): Svg {
  const { images, accuracy, temperature, before, after, among } = calibration;
  const { width, height } = SIZE;
  const facts = `${countOf(images, 'validation image')}${among ? `, among ${among.length} of the classes` : ''}, accuracy ${percentText(accuracy, 2)}. Blue and green: how often it is right; blue and red: how sure it was`;
  return svgPage(width, height, [
    text(MARGIN, MARGIN + 12, name, { bold: true, size: 17 }),
    text(MARGIN, MARGIN + 30, facts, { colour: FADED }),
    panel('As the network says', before, images, MARGIN + LEFT),
    panel(`At its temperature, ${temperature.toFixed(3)}`, after, images, MARGIN + LEFT + PANEL + BETWEEN),
  ]);
}
