import { findModel, localStore } from '../../client/local-store.js';
import { diagramSvg } from '../calibration/diagram.js';
import { type StoredCalibration, storedCalibration } from '../calibration/stored-calibration.js';
import { expectOut } from '../sheet/expect-out.js';
import { writeSvg } from '../sheet/write-svg.js';
import { note, print, printJson } from '../streams.js';
import { table } from '../table.js';
import { countOf, percentText } from '../view/quantities.js';

interface Options {
  readonly out?: string;
  readonly json?: boolean;
}

/** `apprentice calibration MODEL`: calibration error and reliability diagram; needs no server. */
export async function calibration(wanted: string, { out, json }: Options): Promise<void> {
  if (out !== undefined) await expectOut(out);
  const found = await findModel(wanted, localStore(process.env));
  const measured = await storedCalibration(found);
  if (json) printJson({ model: found.name, ...measured });
  else print(...textsOf(found.name, measured));
  if (out === undefined) return;
  const { width, height } = await writeSvg(diagramSvg(found.name, measured), out);
  const line = `${out}: ${width} x ${height} pixels`;
  if (json) note(line);
  else print(line);
}

function textsOf(name: string, calibration: StoredCalibration): string[] {
  const { images, accuracy, temperature, before, after, among } = calibration;
  const head = ['', 'calibration error', 'loss'];
  const rows = [
    ['uncalibrated', percentText(before.calibrationError), before.loss.toFixed(4)],
    [`at temperature ${temperature.toFixed(3)}`, percentText(after.calibrationError), after.loss.toFixed(4)],
  ];
  return [
    `${name}: ${countOf(images, 'validation image')}, accuracy ${percentText(accuracy)}`,
    ...(among ? [`among the new classes: ${among.join(', ')}`] : []),
    ...table(head, rows, { right: [1, 2] }),
  ];
}
