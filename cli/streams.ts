import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { isatty } from 'node:tty';
import { jsonText, printable } from './harmless.js';

/** What happens when nobody reads the output any more: the pipe's reader has ended, or the terminal is closed. */
let onClosed: () => void = () => process.exit(0);

/** Exits without an error when the reader closes the pipe (`apprentice list | head -1`). */
export function endQuietlyOnClosedPipe(): void {
  const leaveTerminal = terminalLeaver();
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // A closed terminal says EIO.
      if (!['EPIPE', 'EIO'].includes(error.code ?? '')) throw error;
      leaveTerminal();
      onClosed();
    });
  }
}

/** Goes on without output when nobody reads it any more: for commands that end their processes in order. */
export function outliveReaders(): void {
  onClosed = () => undefined;
  process.on('SIGHUP', terminalLeaver());
}

/**
 * Returns a function that leaves a closed terminal. At its exit, Node resets the terminal with which it began, and aborts
 * if that is gone, unless the files are others by then.
 */
function terminalLeaver(): () => void {
  const terminals = [0, 1, 2].filter((fd) => isatty(fd));
  return () => {
    for (const fd of terminals.splice(0)) {
      closeSync(fd);
      openSync(devNull, 'r+');
    }
  };
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
