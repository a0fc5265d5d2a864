import { resolve } from 'node:path';
import { DataError } from '../../../domain/errors.js';
import { expectPath } from './files.js';
import { findPictures, nothingFound } from './find-pictures.js';
import type { ListContext, SourceListing } from './source.js';

/** Lists all pictures in a folder and its sub-folders, without labels. */
export async function listFolder(
  { path }: { path: string },
  { field, watch }: ListContext,
): Promise<SourceListing> {
  const root = resolve(path);
  const wanted = 'a folder of JPEG, PNG or WebP pictures';
  await expectPath(`${field}.path`, root, 'folder', wanted);
  const found = await findPictures(root, watch);
  if (found.pictures.length === 0) {
    throw new DataError(
      `${field}.path: received "${root}" and found ${nothingFound(found)} in it, expected ${wanted}`,
    );
  }
  return { classes: [], ...found };
}
