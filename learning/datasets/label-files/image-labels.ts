import type { DataFields } from '../data-fields.js';
import type { Listing } from '../listing.js';
import type { Manifest } from '../pack/manifest.js';
import type { Rejection } from '../pack/pack-listing.js';
import type { ImageLabel } from '../split/place-labels.js';
import { refuseLabels } from './refuse-labels.js';

/** Refuses labels of rejected pictures: they would have no effect. */
function expectUsable({ newLabels }: Listing, rejected: readonly Rejection[], { answers }: DataFields): void {
  const reasons = new Map(rejected.map(({ path, reason }) => [path, reason]));
  const problems = [...reasons].flatMap(([path, reason]) => {
    const row = newLabels.get(path);
    return row ? [`${row.place}: the picture "${row.path}" can't be read: ${reason}`] : [];
  });
  refuseLabels(answers, problems, newLabels.size, 'mend the pictures, or remove their rows');
}

/**
 * Labels of packed images that the label files give.
 * @param names from {@link packedNames}
 * @throws DataError with file, line and reason of every label whose picture was rejected
 */
export function imageLabels(
  listing: Listing,
  rejected: readonly Rejection[],
  names: readonly string[],
  { parts }: Pick<Manifest, 'parts'>,
  fields: DataFields,
): ImageLabel[] {
  const { newLabels, classes } = listing;
  if (newLabels.size === 0) return [];
  expectUsable(listing, rejected, fields);
  const usable = names.length - parts.test;
  return names.slice(0, usable).flatMap((name, image): ImageLabel[] => {
    const row = newLabels.get(name);
    if (!row) return [];
    return [{ image, label: classes.indexOf(row.label), className: row.label, place: row.place }];
  });
}
