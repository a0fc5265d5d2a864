import { readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { nearest } from '../../domain/config/known-keys.js';
import { decodeText, EncodingError } from '../../domain/decode-text.js';
import { ConfigurationError } from '../../domain/errors.js';
import { readRegular, SPECIAL_FILE, TOO_LARGE } from '../../domain/regular-file.js';

/** Bytes; a configuration has a few thousand. */
const LARGEST = 2 ** 20;

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a folder',
  [SPECIAL_FILE]: 'it is a pipe, socket or device; write it to a file first',
  [TOO_LARGE]: `it is larger than ${LARGEST / 2 ** 20} MiB`,
  EACCES: 'no permission to read it',
};

/** @throws ConfigurationError with the reason and a similar file name, if there is one */
export async function readText(path: string): Promise<string> {
  try {
    return decodeText(await readRegular(path, LARGEST));
  } catch (error) {
    if (error instanceof EncodingError) {
      throw new ConfigurationError(`${path}: not readable as text: ${error.message}`, { cause: error });
    }
    const { code = '', message } = error as NodeJS.ErrnoException;
    const similar = code === 'ENOENT' ? similarFile(path) : undefined;
    throw new ConfigurationError(
      `configuration: received ${path}, expected a YAML or JSON file: ${REASONS[code] ?? message}${similar ? `; did you mean ${similar}?` : ''}`,
      { cause: error },
    );
  }
}

function similarFile(path: string): string | undefined {
  const near = nearest(basename(path), configurationsIn(dirname(resolve(path))));
  return near?.isClose ? join(dirname(path), near.word) : undefined;
}

function configurationsIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((file) => /\.(ya?ml|json)$/i.test(file));
  } catch {
    return [];
  }
}
