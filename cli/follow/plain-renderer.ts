import type { MethodName } from '../../domain/methods.js';
import type { MethodView } from '../methods/method-view.js';
import { write } from '../streams.js';
import { UNCUT } from '../view/facts.js';
import { NOTHING_PRINTED, newsOf } from '../view/news.js';
import { reportLines } from '../view/report-lines.js';
import type { Renderer, RendererOptions } from './renderer.js';

/** Prints the changes of a run line by line, for files, pipes and logs. */
export function plainRenderer(
  output: NodeJS.WritableStream,
  errors: NodeJS.WritableStream,
  view: MethodView<MethodName>,
  options: RendererOptions,
): Renderer {
  let printed = NOTHING_PRINTED;
  const now = () => ({ ...options, now: Date.now(), columns: UNCUT.columns });
  return {
    show(snapshot) {
      const news = newsOf(view, snapshot, printed, now());
      printed = news.printed;
      if (news.lines.length > 0) write(output, `${news.lines.join('\n')}\n`);
    },
    async end(last) {
      const outcome = last?.outcome;
      if (outcome?.error) write(errors, `${outcome.error}\n`);
      if (!outcome?.report) return;
      const lines = await reportLines(view, outcome.report, { ...now(), columns: 100, colour: false });
      write(output, `\n${lines.join('\n')}\n`);
    },
  };
}
