import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';

export interface LogFile {
  /** Folder of the log file. */
  readonly logs: string;
  /** Name of the log file, without `.log`. */
  readonly name: string;
}

const TAIL_BYTES = 8_192;
const LONGEST_LINE = 400;
/** A log may have those of a file's name, which would command the terminal. */
const CONTROL_CHARACTERS = /\p{Cc}/gu;

export function logPath({ logs, name }: LogFile): string {
  return join(logs, `${name}.log`);
}

/** Bytes in a log; 0 if there is none. */
export function logSize(file: LogFile): number {
  return tail(file).size;
}

/**
 * Why a process ended, as its log says: the last line, or the message of a JSON line.
 * @param from bytes that the log had when the process began
 */
export function lastLogLine(file: LogFile, from = 0): string | undefined {
  const { text } = tail(file, from);
  const line = text.split('\n').findLast((candidate) => candidate.trim() !== '');
  if (line === undefined) return undefined;
  const message = messageOf(line).replace(CONTROL_CHARACTERS, ' ');
  return message.length > LONGEST_LINE ? `${message.slice(0, LONGEST_LINE)} …` : message;
}

function messageOf(line: string): string {
  try {
    const { msg } = JSON.parse(line) as { msg?: unknown };
    return typeof msg === 'string' ? msg : line;
  } catch {
    return line.trim();
  }
}

function tail(file: LogFile, from = 0): { readonly size: number; readonly text: string } {
  let opened: number;
  try {
    opened = openSync(logPath(file), 'r');
  } catch {
    return { size: 0, text: '' };
  }
  try {
    const { size } = fstatSync(opened);
    const begin = Math.max(from, size - TAIL_BYTES);
    const bytes = Buffer.alloc(Math.max(0, size - begin));
    readSync(opened, bytes, 0, bytes.length, begin);
    return { size, text: bytes.toString('utf8') };
  } finally {
    closeSync(opened);
  }
}
