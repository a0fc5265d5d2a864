import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

const MOST_LINES = 20;
const MOST_CHARACTERS = 2000;

/**
 * TensorFlow's libraries greet while they are loaded, before any setting is read. Nobody's last words, and no news
 * for a log.
 */
const GREETINGS = [
  /absl::InitializeLog\(\)/,
  /oneDNN custom operations are on/,
  /This TensorFlow binary is optimized to use available CPU instructions/,
  /^To enable the following instructions: .*rebuild TensorFlow/,
];

/** Remembers the end of what streams say: the last words of a process that dies. */
export class LastLines {
  private readonly lines: string[] = [];

  /** @param onLine gets each line too */
  follow(stream: Readable | null, onLine?: (line: string) => void): void {
    if (!stream) return;
    createInterface({ input: stream }).on('line', (line) => {
      if (GREETINGS.some((greeting) => greeting.test(line))) return;
      this.lines.push(line.slice(0, MOST_CHARACTERS));
      if (this.lines.length > MOST_LINES) this.lines.shift();
      onLine?.(line);
    });
  }

  toString(): string {
    return this.lines.join('\n').trim();
  }
}
