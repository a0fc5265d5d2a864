import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { isatty } from 'node:tty';

type OnClosed = () => void;

/** What happens when nobody reads the output any more: the pipe's reader has ended, or the terminal is closed. */
let onClosed: OnClosed = () => process.exit(0);

/** Exits without an error when the reader closes the pipe (`apprentice list | head -1`). */
export function endQuietlyOnClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // A closed terminal says EIO.
      if (!['EPIPE', 'EIO', 'ERR_STREAM_DESTROYED'].includes(error.code ?? '')) throw error;
      onClosed();
    });
  }
}

/**
 * Goes on without output when nobody reads it any more, and leaves a terminal that is closed: for commands that end
 * their processes in order.
 */
export function outliveReaders(): void {
  const terminals = [0, 1, 2].filter((fd) => isatty(fd));
  let isLeft = false;
  const leave = () => {
    if (isLeft) return;
    isLeft = true;
    // Node resets the terminal at its exit, and aborts if that is gone, unless the files are others by then.
    for (const fd of terminals) {
      closeSync(fd);
      openSync(devNull, 'r+');
    }
  };
  onClosed = leave;
  process.on('SIGHUP', leave);
}

export function print(...lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
}

/** Writes a line to stderr: information that is not part of the command's output. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}
