import { createLogUpdate } from 'log-update';
import type { RunSnapshot } from '../../client/snapshot.js';
import type { MethodName } from '../../domain/methods.js';
import type { MethodView } from '../methods/method-view.js';
import { write } from '../streams.js';
import { type Line, textOf, widthOf } from '../view/line.js';
import { reportLines } from '../view/report-lines.js';
import { runLines } from '../view/run-lines.js';
import { MAX_COLUMNS, type Renderer, type RendererOptions } from './renderer.js';

/** Redraws the clock between snapshots. */
const TICK_MS = 1000;

/** Draws a run in place on a terminal; at the end prints all of it. */
export function liveRenderer(
  output: NodeJS.WriteStream,
  view: MethodView<MethodName>,
  options: RendererOptions,
  colour: boolean,
): Renderer {
  const log = createLogUpdate(output);
  // An empty line after earlier output.
  output.write('\n');
  let snapshot: RunSnapshot | undefined;
  let drawn: readonly Line[] = [];
  const columns = () => Math.min(MAX_COLUMNS, output.columns || 80);
  const now = () => ({ ...options, now: Date.now(), columns: columns() });
  const texts = (lines: readonly Line[]) =>
    lines.map((line) => textOf(line, { columns: columns(), colour }) || ' ').join('\n');

  const draw = () => {
    if (!snapshot) return;
    // The cursor stands on the line below.
    const lines = runLines(view, snapshot, now(), (output.rows || 24) - 1);
    // log-update loses a line when lines are inserted between equal ones.
    if (lines.length !== drawn.length && drawn.length > 0) log.clear();
    drawn = lines;
    log(texts(lines));
  };
  const redraw = () => {
    // A narrower window has wrapped the drawn lines; log-update would erase too few.
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
    show(next) {
      snapshot = next;
      draw();
    },
    async end(last) {
      clearInterval(ticker);
      output.off('resize', redraw);
      log.clear();
      log.done();
      if (!last) return;
      output.write(`${texts(runLines(view, last, now()))}\n`);
      const report = last.outcome?.report;
      if (!report) return;
      write(output, `\n${(await reportLines(view, report, { ...now(), colour })).join('\n')}\n`);
    },
  };
}
