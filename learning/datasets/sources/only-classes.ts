import { DataError } from '../../../domain/errors.js';
import { quotedNamesText } from '../../../domain/names-text.js';
import { LeftOutCollector } from '../collect-left-out.js';
import type { SourceListing } from './source.js';

/**
 * Keeps only the pictures of some classes.
 * @param field path of the classes' setting, for example `data.labelled.only`
 * @throws DataError when the source lacks one of the classes
 */
export function onlyClasses(listing: SourceListing, only: readonly string[], field: string): SourceListing {
  const wanted = new Set(only.map((name) => name.normalize('NFC')));
  const missing = [...wanted].filter((name) => !listing.classes.includes(name));
  if (missing.length > 0) {
    const names = (list: readonly string[]) => quotedNamesText(list) || 'none';
    throw new DataError(
      `${field}: received ${names(missing)}, expected classes of the source: ${names(listing.classes)}`,
    );
  }
  const leftOut = new LeftOutCollector();
  for (const { name, label } of listing.pictures) {
    if (label === undefined || !wanted.has(label)) leftOut.add('otherClass', name);
  }
  return {
    ...listing,
    leftOut: [...listing.leftOut, ...leftOut.list()],
    classes: listing.classes.filter((name) => wanted.has(name)),
    pictures: listing.pictures.filter(({ label }) => label !== undefined && wanted.has(label)),
    // Other classes of the same files are another source.
    stamps: [...listing.stamps, `only ${JSON.stringify([...wanted].sort())}`],
  };
}
