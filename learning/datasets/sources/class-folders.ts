import { join, resolve } from 'node:path';
import { DataError } from '../../../domain/errors.js';
import { joinLeftOut } from '../../../domain/left-out.js';
import { LeftOutCollector, STORED_EXAMPLES } from '../collect-left-out.js';
import { expectPath } from './files.js';
import {
  type FoundPictures,
  findPictures,
  isFolder,
  isPictureName,
  nothingFound,
  visibleEntries,
} from './find-pictures.js';
import { classNames, type ListContext, type SourceListing } from './source.js';

/** Lists a folder with one sub-folder for each class; sub-folder names are class names. */
export async function listClassFolders(
  { path }: { path: string },
  { field, watch }: ListContext,
): Promise<SourceListing> {
  const root = resolve(path);
  const wanted = 'a folder with one folder of JPEG, PNG or WebP pictures for each class';
  await expectPath(`${field}.path`, root, 'folder', wanted);

  const found: FoundPictures[] = [];
  const names: string[] = [];
  const beside = new LeftOutCollector();
  for (const entry of await visibleEntries(root, beside)) {
    const folder = join(root, entry.name);
    if (!(await isFolder(folder, entry))) {
      beside.add(isPictureName(entry.name) ? 'loose' : 'otherFile', folder);
      continue;
    }
    names.push(entry.name);
    found.push(await findPictures(folder, watch, entry.name.normalize('NFC')));
  }
  const pictures = found.flatMap((part) => part.pictures);
  const leftOut = joinLeftOut([beside.list(), ...found.map((part) => part.leftOut)], STORED_EXAMPLES);
  if (pictures.length === 0) {
    const reason = names.length === 0 ? 'no folders' : nothingFound({ leftOut });
    throw new DataError(`${field}.path: received "${root}" and found ${reason} in it, expected ${wanted}`);
  }
  return { classes: classNames(names), pictures, stamps: found.flatMap((part) => part.stamps), leftOut };
}
