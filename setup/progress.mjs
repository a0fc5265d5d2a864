// @ts-check
import { durationText } from './quantities.mjs';

/**
 * Reports what set-up is doing: on a terminal with a live line for each step, elsewhere with plain lines.
 *
 * @typedef {object} Line the line of a step
 * @property {(activity: string, detail?: string, fraction?: number) => void} doing `detail` may change often
 * @property {(result: string) => void} done
 * @property {(result: string) => void} skipped nothing had to be done; prints nothing when quiet
 * @property {() => void} failed the caller reports the reason
 *
 * @typedef {object} Progress
 * @property {(text: string) => void} say
 * @property {(name: string) => Line} step
 *
 * @typedef {{write(text: string): unknown, isTTY?: boolean, columns?: number}} Output such as process.stderr
 */

/** How often a running step prints a line when the output is no terminal. */
const PLAIN_EVERY_MS = 15_000;
const FRAME_MS = 100;
const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const ERASE = '\r\u001b[2K';

/**
 * @param {Output} output
 * @param {{quiet: boolean, environment: NodeJS.ProcessEnv}} options
 * @returns {Progress}
 */
export function createProgress(output, { quiet, environment }) {
  const live = output.isTTY === true && environment.TERM !== 'dumb';
  const paint = painter(live && !environment.NO_COLOR);
  return {
    say(text) {
      output.write(`${text}\n`);
    },
    step(name) {
      const started = Date.now();
      let activity = '';
      let detail = '';
      let frame = 0;
      let printedAt = 0;
      /** @type {NodeJS.Timeout | undefined} */
      let ticker;

      const elapsed = () => (Date.now() - started >= 1000 ? ` (${durationText(Date.now() - started)})` : '');
      const stopTicking = () => {
        if (ticker) clearInterval(ticker);
        ticker = undefined;
        if (live) output.write(ERASE);
      };
      const draw = () => {
        frame = (frame + 1) % FRAMES.length;
        const text = `${name}: ${activity}${detail && `, ${detail}`}${elapsed()}`;
        // A line that wraps can't be erased.
        output.write(
          `${ERASE}${paint.cyan(FRAMES[frame] ?? '')} ${text.slice(0, (output.columns || 80) - 3)}`,
        );
      };
      const print = () => {
        printedAt = Date.now();
        output.write(`${name}: ${activity}${detail && `, ${detail}`}${elapsed()}\n`);
      };
      const tick = () => {
        if (live) draw();
        else if (Date.now() - printedAt >= PLAIN_EVERY_MS) print();
      };

      return {
        doing(newActivity, newDetail = '', fraction) {
          const isNew = newActivity !== activity;
          activity = newActivity;
          detail = fraction === undefined ? newDetail : `${newDetail} ${Math.floor(fraction * 100)}%`.trim();
          ticker ??= setInterval(tick, live ? FRAME_MS : 1000);
          if (isNew && !live) print();
        },
        done(result) {
          stopTicking();
          output.write(`${live ? `${paint.green('✔')} ` : ''}${name}: ${result}${elapsed()}\n`);
        },
        skipped(result) {
          stopTicking();
          if (!quiet) output.write(`${live ? `${paint.green('✔')} ` : ''}${name}: ${result}\n`);
        },
        failed() {
          stopTicking();
          output.write(
            `${live ? `${paint.red('✘')} ` : ''}${name}: failed while ${activity || 'starting'}${elapsed()}\n`,
          );
        },
      };
    },
  };
}

/** @param {boolean} colour */
function painter(colour) {
  /** @param {number} code */
  const by = (code) => (/** @type {string} */ text) => (colour ? `\u001b[${code}m${text}\u001b[39m` : text);
  return { green: by(32), red: by(31), cyan: by(36) };
}
