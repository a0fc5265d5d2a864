import { DataError } from '../../../domain/errors.js';
import type { SourceListing } from './source.js';

/**
 * The part of a source that is of some classes.
 * @param field where they stand in the configuration, for example `data.labelled.only`
 * @throws DataError when the source has none of a class
 */
export function onlyClasses(listing: SourceListing, only: readonly string[], field: string): SourceListing {
  const wanted = new Set(only.map((name) => name.normalize('NFC')));
  const missing = [...wanted].filter((name) => !listing.classes.includes(name));
  if (missing.length > 0) {
    const names = (list: readonly string[]) => list.map((name) => `"${name}"`).join(', ') || 'none';
    throw new DataError(
      `${field}: received ${names(missing)}, expected classes of the source: ${names(listing.classes)}`,
    );
  }
  return {
    ...listing,
    classes: listing.classes.filter((name) => wanted.has(name)),
    pictures: listing.pictures.filter(({ label }) => label !== undefined && wanted.has(label)),
    // Of the same files, other classes are another source.
    stamps: [...listing.stamps, `only ${JSON.stringify([...wanted].sort())}`],
  };
}
