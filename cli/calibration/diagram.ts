import { reliabilityDiagram } from '../charts/reliability.js';
import { SVG_FONT } from '../sheet/font.js';
import type { Svg } from '../sheet/write-svg.js';
import { countOf, percentText } from '../view/quantities.js';
import type { StoredCalibration } from './stored-calibration.js';

/** Reliability diagrams before and after temperature scaling. */
export function diagramSvg(name: string, calibration: StoredCalibration): Svg {
  const { images, accuracy, temperature, before, after, among } = calibration;
  const classes = among ? ` of ${among.length} classes` : '';
  const panel = (title: string, { bins, calibrationError, loss }: typeof before) => ({
    name: title,
    bins,
    error: calibrationError,
    loss,
  });
  return reliabilityDiagram(
    [panel('Uncalibrated', before), panel(`Temperature ${temperature.toFixed(3)}`, after)],
    {
      title: name,
      subtitle: `${countOf(images, 'validation image')}${classes}, accuracy ${percentText(accuracy, 2)}`,
      font: SVG_FONT,
    },
    'light',
  );
}
