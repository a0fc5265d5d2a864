import { jsonText, printable } from './harmless.js';

/** Exits without an error when the reader closes the pipe (`apprentice list | head -1`). */
export function endQuietlyOnClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0);
      throw error;
    });
  }
}

/** Writes text as {@link printable}; escape sequences of a terminal pass only as {@link printable} says. */
export function write(stream: NodeJS.WritableStream & { readonly isTTY?: boolean }, text: string): void {
  stream.write(printable(text, stream.isTTY === true));
}

export function print(...lines: readonly string[]): void {
  write(process.stdout, `${lines.join('\n')}\n`);
}

export function printJson(value: unknown): void {
  process.stdout.write(`${jsonText(value, 2)}\n`);
}

/** Writes a line to stderr: information that is not part of the command's output. */
export function note(line: string): void {
  write(process.stderr, `${line}\n`);
}
