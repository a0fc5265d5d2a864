import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

const MOST_LINES = 20;
const MOST_CHARACTERS = 2000;

/** Remembers the end of what streams say: the last words of a process that dies. */
export class LastLines {
  private readonly lines: string[] = [];

  /** @param onLine gets each line too */
  follow(stream: Readable | null, onLine?: (line: string) => void): void {
    if (!stream) return;
    createInterface({ input: stream }).on('line', (line) => {
      this.lines.push(line.slice(0, MOST_CHARACTERS));
      if (this.lines.length > MOST_LINES) this.lines.shift();
      onLine?.(line);
    });
  }

  toString(): string {
    return this.lines.join('\n').trim();
  }
}
