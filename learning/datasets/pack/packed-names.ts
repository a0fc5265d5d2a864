import { DataError } from '../../../domain/errors.js';
import type { DataFields } from '../data-fields.js';
import type { Listing } from '../listing.js';
import { PARTS } from '../parts.js';
import type { Manifest } from './manifest.js';
import type { Rejection } from './pack-listing.js';

/**
 * Names of all packed pictures in packing order: the listed ones without the rejected ones.
 * @throws DataError when their number is not that of the packed images
 */
export function packedNames(
  { pictures }: Pick<Listing, 'pictures'>,
  rejected: readonly Pick<Rejection, 'path' | 'part'>[],
  { parts }: Pick<Manifest, 'parts'>,
  fields: DataFields,
): string[] {
  return PARTS.flatMap((part) => {
    const ofPart = rejected.filter((one) => one.part === part);
    const unusable = new Set(ofPart.map(({ path }) => path));
    const names = pictures[part].map(({ name }) => name).filter((name) => !unusable.has(name));
    if (names.length === parts[part]) return names;
    throw new DataError(
      `${fields[part]}: received ${names.length} pictures, expected the ${parts[part]} that were read: they have changed since; put them back as they were, or start a new run`,
    );
  });
}
