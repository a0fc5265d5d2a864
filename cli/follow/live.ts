import { createLogUpdate } from 'log-update';
import type { RunSnapshot } from '../../client/snapshot.js';
import { endLines } from '../view/end-view.js';
import { type Line, textOf, widthOf } from '../view/line.js';
import { liveView, wholeView } from '../view/run-view.js';
import { type Teller, type TellerOptions, WIDEST } from './teller.js';

/** The clock goes on also when nothing else is new. */
const TICK_MS = 1000;

/** Draws a run in place on a terminal; when it is over, the whole of it stays. */
export function liveTeller(
  output: NodeJS.WriteStream,
  options: () => TellerOptions,
  colour: boolean,
): Teller {
  const log = createLogUpdate(output);
  // Set apart from what was said before.
  output.write('\n');
  let snapshot: RunSnapshot | undefined;
  let drawn: readonly Line[] = [];
  const columns = () => Math.min(WIDEST, output.columns || 80);
  const view = () => ({ ...options(), now: Date.now(), columns: columns() });

  const draw = () => {
    if (!snapshot) return;
    // The cursor stands on the line below.
    const lines = liveView(snapshot, view(), (output.rows || 24) - 1);
    // log-update loses a line where some are inserted between equal ones.
    if (lines.length !== drawn.length && drawn.length > 0) log.clear();
    drawn = lines;
    log(lines.map((line) => textOf(line, { columns: columns(), colour }) || ' ').join('\n'));
  };
  const redraw = () => {
    // A window made narrower has wrapped what was drawn; log-update would erase too few lines.
    const rows = drawn.reduce(
      (sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / (output.columns || 80))),
      0,
    );
    output.write(rows > 0 ? `\r\u001b[${rows}A\u001b[J` : '');
    log.done();
    drawn = [];
    draw();
  };
  output.on('resize', redraw);
  const ticker = setInterval(draw, TICK_MS);

  return {
    tell(next) {
      snapshot = next;
      draw();
    },
    end(last) {
      clearInterval(ticker);
      output.off('resize', redraw);
      log.clear();
      log.done();
      if (!last) return;
      const lines = wholeView(last, view());
      const report = last.outcome?.report;
      const whole = lines.map((line) => textOf(line, { columns: columns(), colour }));
      const end = report ? [[], ...endLines(report, view())] : [];
      const uncut = end.map((line) => textOf(line, { columns: Number.POSITIVE_INFINITY, colour }));
      output.write(`${[...whole, ...uncut].join('\n')}\n`);
    },
  };
}
