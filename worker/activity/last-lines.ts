import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

const MOST_LINES = 20;
const MOST_CHARACTERS = 2000;

/** What TensorFlow's libraries print while they load, before they read any setting: noise for logs and errors. */
const STARTUP_NOISE = [
  /absl::InitializeLog\(\)/,
  /oneDNN custom operations are on/,
  /This TensorFlow binary is optimized to use available CPU instructions/,
  /^To enable the following instructions: .*rebuild TensorFlow/,
];

/** Keeps the last lines of a process's output, for the error message when it dies. */
export class LastLines {
  private readonly lines: string[] = [];

  /** @param onLine is called with each line */
  follow(stream: Readable | null, onLine?: (line: string) => void): void {
    if (!stream) return;
    createInterface({ input: stream }).on('line', (line) => {
      if (STARTUP_NOISE.some((pattern) => pattern.test(line))) return;
      this.lines.push(line.slice(0, MOST_CHARACTERS));
      if (this.lines.length > MOST_LINES) this.lines.shift();
      onLine?.(line);
    });
  }

  toString(): string {
    return this.lines.join('\n').trim();
  }
}
