import { linear } from './scale.js';
import { element, line, type Page, page, text } from './svg.js';

/** Images of like confidence. */
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
}

const SIDE = 280;
const TOP = 104;
const LEFT = 72;
const BETWEEN = 84;
const TENTHS = [0, 0.2, 0.4, 0.6, 0.8, 1];

/** Accuracy against confidence, a panel for each; on the diagonal confidence is right (Guo et al. 2017, figure 1). */
export function reliabilityDiagram(
  panels: readonly ReliabilityPanel[],
  words: Pick<Page, 'title' | 'subtitle'>,
  theme?: 'light' | 'dark',
): string {
  const drawn = panels.map((panel, place) => drawPanel(panel, LEFT + place * (SIDE + BETWEEN)));
  const width = LEFT + panels.length * (SIDE + BETWEEN) - BETWEEN + 40;
  return page({ ...words, width, height: TOP + SIDE + 60 }, drawn.join(''), theme);
}

function drawPanel({ name, bins, error }: ReliabilityPanel, left: number): string {
  const along = linear([0, 1], [left, left + SIDE]);
  const up = linear([0, 1], [TOP + SIDE, TOP]);
  const grid = TENTHS.map(
    (mark) =>
      line(left, up(mark), left + SIDE, up(mark), { class: 'grid' }) +
      text(left - 8, up(mark) + 4, String(mark), { class: 'soft', 'text-anchor': 'end' }) +
      text(along(mark), TOP + SIDE + 18, String(mark), { class: 'soft', 'text-anchor': 'middle' }),
  );
  const largest = Math.max(1, ...bins.map(({ images }) => images));
  const full = bins.filter(({ images }) => images > 0);
  const marks = full.map(({ confidence, accuracy, images }) => {
    const x = along(confidence);
    // The area says how many images stand behind a point.
    const r = 3 + 8 * Math.sqrt(images / largest);
    return (
      line(x, up(confidence), x, up(accuracy), { class: 's2', 'stroke-width': 2, 'stroke-opacity': 0.7 }) +
      element('circle', { cx: x, cy: up(accuracy), r, class: 'f1 halo', 'fill-opacity': 0.85 })
    );
  });
  return [
    ...grid,
    line(left, up(0), left + SIDE, up(1), { class: 'axis', 'stroke-dasharray': '4 4' }),
    ...marks,
    text(left, TOP - 14, name, { class: 'ink', 'font-weight': 600 }),
    text(left + SIDE, TOP - 14, `calibration error ${(100 * error).toFixed(1)} %`, {
      class: 'soft',
      'text-anchor': 'end',
    }),
    text(left + SIDE / 2, TOP + SIDE + 40, 'confidence', { class: 'soft', 'text-anchor': 'middle' }),
    element(
      'g',
      { transform: `rotate(-90 ${left - 46} ${TOP + SIDE / 2})` },
      text(left - 46, TOP + SIDE / 2, 'accuracy', { class: 'soft', 'text-anchor': 'middle' }),
    ),
  ].join('');
}
