import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { ConfigurationError } from '../domain/errors.js';
import type { Home } from '../domain/home.js';
import { readRegularSync } from '../domain/regular-file.js';

const record = z.object({ namespace: z.string().regex(/^apprentice-[0-9a-f]{16}$/) });

/**
 * The Temporal namespace of a home's private server. Its name is random and made once, so that a server which has it is
 * the server of this home, whatever its address. Undefined if `apprentice up` never ran in the home.
 * @throws ConfigurationError if the file is unreadable
 */
export function readNamespace({ identityFile }: Home): string | undefined {
  try {
    return record.parse(JSON.parse(readRegularSync(identityFile))).namespace;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new ConfigurationError(
      `home: ${identityFile} names the namespace of this home's runs, but can't be read (${(error as Error).message.split('\n')[0]}): restore it from a copy; without it, the home's runs can't be found`,
      { cause: error },
    );
  }
}

/** Makes the name at the first call. */
export function homeNamespace(home: Home): string {
  const known = readNamespace(home);
  if (known !== undefined) return known;
  const aside = `${home.identityFile}.${randomBytes(8).toString('hex')}`;
  const made = { namespace: `apprentice-${randomBytes(8).toString('hex')}` };
  writeDurably(aside, `${JSON.stringify(made, null, 2)}\n`);
  try {
    linkSync(aside, home.identityFile);
  } catch (error) {
    // Another process was faster.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside);
  }
  return readNamespace(home)!;
}

function writeDurably(path: string, text: string): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
