import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataConfig, DataSource } from '../domain/config/data.js';

const PICTURE = /\.(jpe?g|png|webp)$/i;
const DEEPEST = 3;

/** Finds a picture of a run's data as an example for `predict`, test pictures first; undefined if none is found quickly. */
export async function findPicture({ test, unlabelled, labelled }: DataConfig): Promise<string | undefined> {
  for (const source of [test, unlabelled, labelled]) {
    const folder = source && folderOf(source);
    const picture = folder && (await firstPicture(folder, DEEPEST));
    if (picture) return picture;
  }
  return undefined;
}

function folderOf(source: DataSource): string | undefined {
  return source.format === 'class-folders' || source.format === 'folder' ? source.path : undefined;
}

async function firstPicture(folder: string, deepest: number): Promise<string | undefined> {
  // The data may be on another machine.
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  entries.sort((one, other) => (one.name < other.name ? -1 : 1));
  const file = entries.find((entry) => entry.isFile() && PICTURE.test(entry.name));
  if (file) return join(folder, file.name);
  if (deepest <= 1) return undefined;
  for (const entry of entries) {
    const picture = entry.isDirectory() && (await firstPicture(join(folder, entry.name), deepest - 1));
    if (picture) return picture;
  }
  return undefined;
}
