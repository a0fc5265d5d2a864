import { countText } from '../view/quantities.js';

const EVERY_MS = 100;
const ERASE = '\r\u001b[2K';

/** A line on a terminal that says how far looking at pictures is; elsewhere nothing. */
export function surveyProgress(output: NodeJS.WriteStream) {
  const isLive = output.isTTY === true;
  let spoke = 0;
  const say = (text: string) => {
    if (!isLive || Date.now() - spoke < EVERY_MS) return;
    spoke = Date.now();
    output.write(`${ERASE}${text}`);
  };
  return {
    found: (files: number) => say(`finding pictures: ${countText(files)}`),
    at: (done: number, all: number) => say(`looking at pictures: ${countText(done)} of ${countText(all)}`),
    end(): void {
      if (isLive && spoke > 0) output.write(ERASE);
    },
  };
}
