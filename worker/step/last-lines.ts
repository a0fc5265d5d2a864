import type { Readable } from 'node:stream';

const MOST_CHARACTERS = 8000;
const MOST_LINES = 20;

/** Remembers the end of what streams say: the last words of a process that dies. */
export class LastLines {
  private text = '';

  follow(stream: Readable | null): void {
    stream?.setEncoding('utf8');
    stream?.on('data', (chunk: string) => {
      this.text = (this.text + chunk).slice(-MOST_CHARACTERS);
    });
  }

  toString(): string {
    return this.text.trimEnd().split('\n').slice(-MOST_LINES).join('\n');
  }
}
