import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { stampsOf } from './files.js';
import { byName, type Picture } from './source.js';

/** Extensions of picture files. Unsupported formats are included, so that they are rejected with a reason. */
const PICTURE_NAMES = new Set(
  '.jpg .jpeg .jpe .jfif .png .webp .gif .bmp .tif .tiff .heic .heif .avif .jxl .jp2 .svg'.split(' '),
);

export interface FoundPictures {
  readonly pictures: readonly Picture[];
  readonly stamps: readonly string[];
  /** A file without such an extension, for error messages. */
  readonly otherFile?: string;
}

/** Entries of a folder without hidden ones, in {@link byName} order. */
export async function visibleEntries(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter(({ name }) => !name.startsWith('.')).sort((a, b) => byName(a.name, b.name));
}

/** Whether an entry is a folder or a link to one. */
export async function isFolder(path: string, entry: Dirent): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  return stat(path).then(
    (info) => info.isDirectory(),
    () => false,
  );
}

/** Lists all pictures in a folder and its sub-folders, by name. Follows links, but enters each folder only once. */
export async function findPictures(root: string, watch: () => void, label?: string): Promise<FoundPictures> {
  const paths: string[] = [];
  const entered = new Set<string>();
  let otherFile: string | undefined;

  async function enter(folder: string): Promise<void> {
    const { dev, ino } = await stat(folder, { bigint: true });
    if (entered.has(`${dev}:${ino}`)) return;
    entered.add(`${dev}:${ino}`);
    for (const entry of await visibleEntries(folder)) {
      const path = join(folder, entry.name);
      if (await isFolder(path, entry)) await enter(path);
      // Pipes and devices may have no end.
      else if (!entry.isFile() && !entry.isSymbolicLink()) continue;
      else if (PICTURE_NAMES.has(extname(entry.name).toLowerCase())) paths.push(path);
      else otherFile ??= path;
    }
  }

  await enter(root);
  return {
    pictures: paths.map((file) => ({ name: file, content: { file }, ...(label !== undefined && { label }) })),
    stamps: await stampsOf(paths, watch),
    ...(otherFile !== undefined && { otherFile }),
  };
}

/** Describes a folder without pictures. */
export function nothingFound({ otherFile }: Pick<FoundPictures, 'otherFile'>): string {
  return otherFile ? `no pictures, only other files such as "${otherFile}"` : 'no pictures';
}
