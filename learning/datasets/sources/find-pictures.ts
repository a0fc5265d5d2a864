import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { LeftOut } from '../../../domain/left-out.js';
import { LeftOutCollector } from '../collect-left-out.js';
import { stampsOf } from './files.js';
import { byName, type Picture } from './source.js';
import { isSystemName } from './system-names.js';

/** Extensions of picture files. Unsupported formats are included, so that they are rejected with a reason. */
const PICTURE_NAMES = new Set(
  '.jpg .jpeg .jpe .jfif .png .webp .gif .bmp .tif .tiff .heic .heif .avif .jxl .jp2 .svg'.split(' '),
);

export interface FoundPictures {
  readonly pictures: readonly Picture[];
  readonly stamps: readonly string[];
  /** What was passed over. */
  readonly leftOut: readonly LeftOut[];
}

/** Whether a file's name ends like that of a picture. */
export function isPictureName(name: string): boolean {
  return PICTURE_NAMES.has(extname(name).toLowerCase());
}

/** Entries of a folder in {@link byName} order, without hidden and system ones, which are collected. */
export async function visibleEntries(folder: string, leftOut: LeftOutCollector): Promise<Dirent[]> {
  const entries = (await readdir(folder, { withFileTypes: true })).sort((a, b) => byName(a.name, b.name));
  return entries.filter(({ name }) => {
    if (!isSystemName(name)) return true;
    leftOut.add('hidden', join(folder, name));
    return false;
  });
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
  const leftOut = new LeftOutCollector();

  async function enter(folder: string): Promise<void> {
    const { dev, ino } = await stat(folder, { bigint: true });
    if (entered.has(`${dev}:${ino}`)) return;
    entered.add(`${dev}:${ino}`);
    for (const entry of await visibleEntries(folder, leftOut)) {
      const path = join(folder, entry.name);
      if (await isFolder(path, entry)) await enter(path);
      // Pipes and devices may have no end.
      else if (!entry.isFile() && !entry.isSymbolicLink()) leftOut.add('special', path);
      else if (isPictureName(entry.name)) paths.push(path);
      else leftOut.add('otherFile', path);
    }
  }

  await enter(root);
  return {
    pictures: paths.map((file) => ({ name: file, content: { file }, ...(label !== undefined && { label }) })),
    stamps: await stampsOf(paths, watch),
    leftOut: leftOut.list(),
  };
}

/** Describes a folder without pictures. */
export function nothingFound({ leftOut }: Pick<FoundPictures, 'leftOut'>): string {
  const other = leftOut.find(({ kind }) => kind === 'otherFile')?.examples[0];
  return other ? `no pictures, only other files such as "${other.name}"` : 'no pictures';
}
