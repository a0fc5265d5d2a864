import { randomUUID } from 'node:crypto';
import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Home } from '../domain/home.js';
import { readRegularSync } from '../domain/regular-file.js';
import { PRIVATE_FILE } from './home-folder.js';
import { processIdentity } from './process-identity.js';

const serverFile = z.object({
  /** The folder that the file was written for: a copy of a home does not have its server. */
  home: z.string(),
  /** Of the `up` that wrote the file. */
  token: z.string(),
  supervisor: processIdentity,
  server: processIdentity.optional(),
  /** Absent until the server is ready. */
  address: z.string().optional(),
  uiUrl: z.string().optional(),
});

/** The `apprentice up` that runs the home's private server, and the server. */
export type ServerFile = z.output<typeof serverFile>;

/** Undefined if there is no file, an unreadable one, or that of another folder. It may be stale. */
export function readServerFile({ folder, serverFile: path }: Home): ServerFile | undefined {
  try {
    const file = serverFile.parse(JSON.parse(readRegularSync(path)));
    return file.home === folderIdentity(folder) ? file : undefined;
  } catch {
    return undefined;
  }
}

export function writeServerFile({ folder, serverFile: path }: Home, file: Omit<ServerFile, 'home'>): void {
  const aside = `${path}.${randomUUID()}`;
  const text = JSON.stringify({ home: folderIdentity(folder), ...file }, null, 2);
  writeFileSync(aside, `${text}\n`, { mode: PRIVATE_FILE });
  renameSync(aside, path);
}

/** Removes the file of the `up` with this token, not that of a successor. */
export function removeServerFile(home: Home, token: string): void {
  if (readServerFile(home)?.token === token) rmSync(home.serverFile, { force: true });
}

/** The folder itself, whatever its name: a home may be moved while its server runs. */
function folderIdentity(folder: string): string {
  const { dev, ino } = statSync(folder);
  return `${dev}:${ino}`;
}
