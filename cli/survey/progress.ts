import { countText } from '../view/quantities.js';

const EVERY_MS = 100;
const ERASE = '\r\u001b[2K';

/** Shows the progress of a survey on one line of a terminal; prints nothing elsewhere. */
export function surveyProgress(output: NodeJS.WriteStream) {
  const isLive = output.isTTY === true;
  let drawnAt = 0;
  const draw = (text: string) => {
    if (!isLive || Date.now() - drawnAt < EVERY_MS) return;
    drawnAt = Date.now();
    output.write(`${ERASE}${text}`);
  };
  return {
    found: (files: number) => draw(`finding pictures: ${countText(files)}`),
    at: (done: number, all: number) => draw(`reading pictures: ${countText(done)} of ${countText(all)}`),
    end(): void {
      if (isLive && drawnAt > 0) output.write(ERASE);
    },
  };
}
