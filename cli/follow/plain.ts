import { endLines } from '../view/end-view.js';
import { textOf } from '../view/line.js';
import { NOTHING_TOLD, newsOf } from '../view/news.js';
import type { Teller, TellerOptions } from './teller.js';

const WHOLE = { columns: Number.POSITIVE_INFINITY, colour: false };

/** Says what is new in lines that stay: for files, pipes and logs. */
export function plainTeller(
  output: NodeJS.WritableStream,
  errors: NodeJS.WritableStream,
  options: () => TellerOptions,
): Teller {
  let told = NOTHING_TOLD;
  const view = () => ({ ...options(), now: Date.now(), columns: WHOLE.columns });
  return {
    tell(snapshot) {
      const news = newsOf(snapshot, told, view());
      told = news.told;
      if (news.lines.length > 0) output.write(`${news.lines.join('\n')}\n`);
    },
    end(last) {
      const outcome = last?.outcome;
      if (outcome?.error) errors.write(`${outcome.error}\n`);
      if (!outcome?.report) return;
      const lines = [[], ...endLines(outcome.report, view())].map((line) => textOf(line, WHOLE));
      output.write(`${lines.join('\n')}\n`);
    },
  };
}
