import { DataError } from '../../../domain/errors.js';
import type { Listing } from '../listing.js';
import type { Manifest } from '../pack/manifest.js';
import type { Rejection } from '../pack/pack-listing.js';
import { PARTS } from '../parts.js';
import type { AnsweredImage } from '../split/place-answers.js';
import { refuseAnswers } from './match-answers.js';
import { placeOf } from './read-answers.js';

/**
 * Names of all packed pictures, in their order: those that were listed, without those that could not be used.
 * @throws DataError when that doesn't come to as many as were packed
 */
export function packedNames(
  { pictures }: Pick<Listing, 'pictures'>,
  rejected: readonly Pick<Rejection, 'path' | 'part'>[],
  { parts }: Pick<Manifest, 'parts'>,
): string[] {
  return PARTS.flatMap((part) => {
    const ofPart = rejected.filter((one) => one.part === undefined || one.part === part);
    const unusable = new Set(ofPart.map(({ path }) => path));
    const names = pictures[part].map(({ name }) => name).filter((name) => !unusable.has(name));
    if (names.length === parts[part]) return names;
    throw new DataError(
      `data.${part}: received ${names.length} pictures, expected the ${parts[part]} that were read: they have changed since; put them back as they were, or start a new run`,
    );
  });
}

/** An answer for a picture that can't be used would be lost without a word. */
function expectUsable({ answers }: Listing, rejected: readonly Rejection[]): void {
  const reasons = new Map(rejected.map(({ path, reason }) => [path, reason]));
  const problems = [...reasons].flatMap(([path, reason]) => {
    const answer = answers.get(path);
    return answer ? [`${placeOf(answer)}: the picture "${answer.path}" can't be read: ${reason}`] : [];
  });
  refuseAnswers(problems, answers.size, 'mend the pictures, or remove their rows');
}

/**
 * Which packed images the answers are for.
 * @param names as {@link packedNames} gives them
 * @throws DataError naming file and line of every answer for a picture that could not be used, and why it couldn't
 */
export function answeredImages(
  listing: Listing,
  rejected: readonly Rejection[],
  names: readonly string[],
  { parts }: Pick<Manifest, 'parts'>,
): AnsweredImage[] {
  const { answers, classes } = listing;
  if (answers.size === 0) return [];
  expectUsable(listing, rejected);
  const usable = names.length - parts.test;
  return names.slice(0, usable).flatMap((name, image): AnsweredImage[] => {
    const answer = answers.get(name);
    if (!answer) return [];
    return [{ image, label: classes.indexOf(answer.label), className: answer.label, place: placeOf(answer) }];
  });
}
