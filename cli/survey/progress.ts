import { countText } from '../view/quantities.js';

const EVERY_MS = 100;
const ERASE = '\r\u001b[2K';

/** A line on a terminal that says how far counting is; elsewhere nothing. */
export function counting(output: NodeJS.WriteStream, what: string) {
  const isLive = output.isTTY === true;
  let spoke = 0;
  return {
    at(done: number, all: number): void {
      if (!isLive || Date.now() - spoke < EVERY_MS) return;
      spoke = Date.now();
      output.write(`${ERASE}${what}: ${countText(done)} of ${countText(all)}`);
    },
    end(): void {
      if (isLive && spoke > 0) output.write(ERASE);
    },
  };
}
